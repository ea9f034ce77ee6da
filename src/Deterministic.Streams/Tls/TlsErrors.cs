using System.Buffers;
using System.Text;
using Deterministic.Core;

namespace Deterministic.Streams.Tls;

/// <summary>Maps every failure of TLS to an error of the streams. Clause E-CONN-01.</summary>
internal static class TlsErrors
{
    /// <summary>The types of TLS records: change_cipher_spec to heartbeat.</summary>
    private const byte FirstRecordType = 20;
    private const byte LastRecordType = 24;

    /// <summary>What lines of text are made of.</summary>
    private static readonly SearchValues<byte> Readable = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(static value => (byte)value),
        (byte)'\r',
        (byte)'\n',
    ]);

    public static ConnectionException HandshakeTimedOut(TimeSpan after) =>
        new(
            ConnectionErrorKind.TimedOut,
            $"The TLS handshake is taking longer than {after:c}: the connection was aborted."
        );

    public static ConnectionException ShutdownTimedOut(TimeSpan after) =>
        new(
            ConnectionErrorKind.TimedOut,
            $"TLS shutdown timed out: within {after:c} the peer did not take what was queued, or did not answer close_notify. The connection was aborted."
        );

    public static ConnectionException ClosedDuringHandshake() =>
        new(ConnectionErrorKind.Aborted, "The connection was closed by this side during the TLS handshake.");

    /// <summary>An operation that this side's own close cut short. The streams know of the close already.</summary>
    public static ConnectionException ClosedHere() =>
        new(ConnectionErrorKind.Aborted, "The connection was closed by this side.");

    /// <summary>Clause W-HALF-03.</summary>
    public static ConnectionException Truncated() =>
        new(
            ConnectionErrorKind.Truncated,
            "The TLS stream was cut off: the connection ended without close_notify, so more may have been meant to come."
        );

    /// <summary>Why a handshake failed. Clause C-OPEN-11.</summary>
    public static ConnectionException OfHandshake(Exception error, CiphertextStream ciphertext)
    {
        if (ciphertext.Failure is ConnectionException lost)
        {
            return new ConnectionException(
                lost.Kind,
                $"The connection was lost during the TLS handshake: {lost.Message}",
                lost
            );
        }

        if (ciphertext.EndWasRead)
        {
            return new ConnectionException(
                ConnectionErrorKind.Reset,
                "The peer closed the connection during the TLS handshake.",
                error
            );
        }

        return error as ConnectionException
            ?? new ConnectionException(
                ConnectionErrorKind.TlsHandshakeFailed,
                $"The TLS handshake failed: {ReasonOf(error)}{Stranger(ciphertext.FirstBytes)}",
                error
            );
    }

    /// <summary>Why reading or writing failed after the handshake.</summary>
    public static Exception OfData(Exception error, CiphertextStream ciphertext) =>
        ciphertext.Failure is { } lost ? lost
        : ciphertext.EndWasRead ? Truncated()
        : error as ConnectionException
            ?? new ConnectionException(ConnectionErrorKind.TlsFailed, $"TLS failed: {ReasonOf(error)}", error);

    /// <summary>The messages of the chain of exceptions, except those that only refer to the next.</summary>
    private static string ReasonOf(Exception error)
    {
        StringBuilder text = new();
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            bool points =
                at.InnerException is not null && at.Message.Contains("inner exception", StringComparison.Ordinal);
            if (!points)
            {
                text.Append(text.Length == 0 ? "" : " ").Append(at.Message);
            }
        }

        return text.ToString();
    }

    /// <summary>If the first bytes are no TLS record, what they are.</summary>
    private static string Stranger(ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty || first[0] is >= FirstRecordType and <= LastRecordType)
        {
            return "";
        }

        string shown = first.ContainsAnyExcept(Readable)
            ? Convert.ToHexString(first)
            : $"\"{Encoding.ASCII.GetString(first).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
        return $" The peer does not speak TLS here: the first bytes that came are {shown}.";
    }
}
