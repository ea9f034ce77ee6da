using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract;

/// <summary>Which results an operation may have: the table behind the documentation of <see cref="Transport"/>.</summary>
internal static class SeamRules
{
    /// <summary>What is wrong with a result, or null.</summary>
    /// <param name="operation">What was asked for.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="length">How many bytes there were to move.</param>
    /// <param name="reported">Whether it was reported, rather than returned.</param>
    public static string? Fault(SeamOperation operation, in TransportResult result, long length, bool reported) =>
        result.Status switch
        {
            TransportStatus.Pending when reported => "was reported as pending: report results only",
            TransportStatus.Pending when operation == SeamOperation.TrySend =>
                "is pending: a TrySend takes what it can at once, and 0 bytes if it would block",
            TransportStatus.EndOfFile when operation != SeamOperation.Receive =>
                "is an end of file: only a receive finds that",
            TransportStatus.Failed when result.Error is null => "failed without an error",
            TransportStatus.Completed => FaultOfCount(operation, result.Count, length),
            _ => null,
        };

    private static string? FaultOfCount(SeamOperation operation, int count, long length) =>
        operation switch
        {
            SeamOperation.ShutdownWrite or SeamOperation.Close => null,
            _ when count < 0 || count > length => $"moved {count} of {length} bytes",
            SeamOperation.Receive when count == 0 =>
                "completed with 0 bytes: the end of the stream is an end of file, and no data is pending",
            SeamOperation.Send when count == 0 => "completed with 0 bytes: a send that would block is pending",
            _ => null,
        };
}
