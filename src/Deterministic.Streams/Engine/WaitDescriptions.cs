using System.Globalization;
using Deterministic.Core;

namespace Deterministic.Streams.Engine;

/// <summary>Describes waits, for tools that explain why a program makes no progress.</summary>
internal static class WaitDescriptions
{
    public static string Of(in ReadRequest request, long buffered)
    {
        string what = request.Kind switch
        {
            ReadKind.Some => "data (ReadAsync)",
            ReadKind.ToEnd => "the end of the stream (ReadToEndAsync)",
            ReadKind.Line => "a line (ReadLineAsync)",
            ReadKind.Lines => "lines (BorrowLinesAsync)",
            ReadKind.Exactly => Invariant($"exactly {request.Count} bytes (ReadExactlyAsync)"),
            ReadKind.Until => "a separator (ReadUntilAsync)",
            ReadKind.Skip => "a separator to skip to (SkipUntilAsync)",
            _ => "more data",
        };
        return buffered == 0 ? what : Invariant($"{what} with {buffered} bytes buffered");
    }

    public static string Of(WaitReason reason, object? owner) =>
        (reason, owner) switch
        {
            (WaitReason.Drain, ConnectionEngine engine) => Drain(engine),
            (WaitReason.Closed, _) => "the end of the connection (WaitClosedAsync)",
            (_, IWaitOwner one) => one.Describe(reason),
            _ => "a turn inside the streams",
        };

    private static string Drain(ConnectionEngine engine)
    {
        (long buffered, int low) = engine.Inspect(
            static (ConnectionMachine machine) => (machine.Writer.Buffered, machine.Writer.Limits.Low)
        );
        return Invariant($"room to write (DrainAsync) with {buffered} bytes queued, until no more than {low} are");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
