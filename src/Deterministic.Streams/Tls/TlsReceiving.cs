using System.Buffers;
using System.Runtime.CompilerServices;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;

#pragma warning disable CA2012, VSTHRD002 // Awaited by hand, and once: nothing is allocated for a wait, and the result is taken only when it is there.
namespace Deterministic.Streams.Tls;

/// <summary>The receiving half of a connection over TLS.</summary>
/// <param name="transport">The owning transport.</param>
/// <param name="plain">The connection below.</param>
/// <param name="connectionState">Its state.</param>
/// <param name="ciphertext">Tells a stream that was cut off from one that ended.</param>
internal sealed class TlsReceiving(
    TlsTransport transport,
    ConnectionEngine plain,
    TlsConnectionState connectionState,
    CiphertextStream ciphertext
)
{
    /// <summary>What comes after the close is dropped, in pieces of the largest record.</summary>
    private const int ScratchSize = 16 * 1024;

    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read;
    private Action? _onRead;

    /// <summary>Inside the session; leaves it when the receive has ended.</summary>
    public TransportResult Begin(Memory<byte> buffer)
    {
        long turn = plain.Layer!.Reads.Enter();
        try
        {
            return BeginInTurn(buffer);
        }
        finally
        {
            plain.Layer.Reads.Leave(turn);
        }
    }

    /// <summary>For the close, inside the session: reads and drops until the peer has ended its half too. Clauses W-TLS-01, W-TLS-02.</summary>
    public async Task DropRestAsync()
    {
        await connectionState.BeginDropAsync().ConfigureAwait(false);
        if (!connectionState.MayReceive)
        {
            return;
        }

        byte[] scratch = ArrayPool<byte>.Shared.Rent(ScratchSize);
        try
        {
            while (
                connectionState.MayReceive && await connectionState.Session.ReadAsync(scratch).ConfigureAwait(false) > 0
            ) { }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private TransportResult BeginInTurn(Memory<byte> buffer)
    {
        _read = ReadAsync(buffer).ConfigureAwait(false).GetAwaiter();
        if (_read.IsCompleted)
        {
            TransportResult result = Finish(out TaskCompletionSource? waiting);
            if (waiting is not null)
            {
                // A close on another thread. Its continuation is no business of this stack, which may be a program's.
                transport.ScheduleLayer(static state => ((TaskCompletionSource)state!).SetResult(), waiting);
            }

            return result;
        }

        _read.UnsafeOnCompleted(_onRead ??= OnRead);
        return TransportResult.Pending;
    }

    private ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            return connectionState.Session.ReadAsync(buffer);
        }
        catch (Exception error)
        {
            return ValueTask.FromException<int>(error);
        }
    }

    private void OnRead()
    {
        TransportResult result = Finish(out TaskCompletionSource? waiting);
        plain.Layer!.Reads.Leave();
        transport.OnReceived(result);
        waiting?.SetResult();
    }

    private TransportResult Finish(out TaskCompletionSource? waiting)
    {
        TransportResult result;
        try
        {
            int count = _read.GetResult();
            result =
                count > 0 ? TransportResult.Completed(count)
                : ciphertext.EndWasRead && !transport.IsCloseBegun
                    ? TransportResult.Failed(connectionState.Blame(TlsErrors.Truncated()))
                : TransportResult.EndOfFile;
        }
        catch (Exception error)
        {
            result = TransportResult.Failed(connectionState.Blame(TlsErrors.OfData(error, ciphertext)));
        }

        _read = default;
        waiting = connectionState.LeaveReceive(ended: result.Status != TransportStatus.Completed);
        if (result.Status == TransportStatus.EndOfFile)
        {
            transport.OnPeerEnded();
        }

        return result;
    }
}
