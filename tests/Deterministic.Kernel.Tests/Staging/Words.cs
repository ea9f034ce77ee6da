using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Kernel.Tests;

/// <summary>What notes call the ways in which an operation ends.</summary>
internal static class Words
{
    public static string Of(in TransportResult result) =>
        result.Status switch
        {
            TransportStatus.EndOfFile => "the end",
            TransportStatus.Failed => Of(result.Error!),
            _ => "done",
        };

    public static string Of(Exception error) =>
        error is ConnectionException { Kind: var kind }
            ? kind switch
            {
                ConnectionErrorKind.Reset => "reset",
                ConnectionErrorKind.BrokenPipe => "broken pipe",
                ConnectionErrorKind.TimedOut => "timed out",
                ConnectionErrorKind.Refused => "refused",
                ConnectionErrorKind.AddressInUse => "address in use",
                ConnectionErrorKind.AddressNotAvailable => "address not available",
                _ => kind.ToString(),
            }
            : error.ToString();
}
