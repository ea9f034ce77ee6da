using System.Net.Sockets;
using System.Runtime.InteropServices;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Operations;
using Deterministic.Sockets.Watching;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Transports;

/// <summary>The one send of a connection that may have to wait for the peer.</summary>
/// <remarks>
/// Where the socket can be watched, only the wait for room is handed on, and any thread may send then: one that blocks for it, or one of the pool. Elsewhere the runtime has the send until it is over.
/// </remarks>
/// <param name="transport">The owning transport.</param>
/// <param name="socket">To where.</param>
internal sealed class SendOperation(SocketTransport transport, Socket socket) : SocketOperation
{
    /// <summary>
    /// The most bytes that one operation carries. One that the runtime has completes only when all of them are taken, and until then the streams see no progress:
    /// this bounds by how much a drain can be late. 64 KiB is the largest segment of the write queue, and the default high watermark.
    /// </summary>
    public const int MaxBytes = 64 * 1024;

    private WaitGate _wait;
    private ReadOnlyMemory<byte> _data;

    public TransportResult Begin(ReadOnlyMemory<byte> data)
    {
        if (!TryBegin())
        {
            return SocketErrors.ClosedHere;
        }

        _data = data[..Math.Min(data.Length, MaxBytes)];
        if (!SocketWatcher.IsSupported)
        {
            return BeginWithRuntime();
        }

        _wait.Begin();
        return TrySend(waited: false) ?? TransportResult.Pending;
    }

    /// <summary>Carries on with a send that waits for room, if there is one and there is room.</summary>
    public void Resume()
    {
        if (_wait.TryContinue() && TrySend(waited: true) is { } result)
        {
            transport.OnSent(result);
        }
    }

    /// <summary>The socket is closed: ends a send that waits for room, which is reported later. The runtime ends its own.</summary>
    public void Cut()
    {
        if (_wait.TryContinue())
        {
            transport.Schedule(
                static state =>
                {
                    SendOperation send = (SendOperation)state!;
                    send.EndSend(SocketError.OperationAborted, 0, out TransportResult result);
                    send.Report(result);
                },
                this
            );
        }
    }

    protected override void Continue()
    {
        EndSend(SocketError, BytesTransferred, out TransportResult result);
        Report(result);
    }

    private void Report(in TransportResult result) => transport.OnSent(result);

    /// <summary>Running. Ends the send, or leaves it waiting.</summary>
    /// <returns>Null if it waits, or another thread has it.</returns>
    private TransportResult? TrySend(bool waited)
    {
        int count = SendNow(out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            _wait.Wait();
            if (transport.TryWatch(SocketEvents.Send) || !_wait.TryContinue())
            {
                return null;
            }

            // It is closed, or there is no room for another watch: the runtime finds out.
            TransportResult begun = BeginWithRuntime();
            return begun.Status == TransportStatus.Pending ? null : begun;
        }

        EndSend(waited ? transport.LossBehind(error) : error, count, out TransportResult result);
        return result;
    }

    private int SendNow(out SocketError error)
    {
        try
        {
            return socket.Send(_data.Span, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.OperationAborted;
            return 0;
        }
    }

    private TransportResult BeginWithRuntime()
    {
        SocketError error = SocketError.OperationAborted;
        int count = 0;
        try
        {
            SetBuffer(MemoryMarshal.AsMemory(_data));
            if (socket.SendAsync(this))
            {
                return TransportResult.Pending;
            }

            (error, count) = (SocketError, BytesTransferred);
        }
        catch (ObjectDisposedException)
        {
            // Closed by another thread since the begin. If this object was made since as well, nothing else retires it.
            Retire();
        }

        EndSend(error, count, out TransportResult result);
        return result;
    }

    private void EndSend(SocketError error, int count, out TransportResult result)
    {
        _data = default;
        _wait.End();
        End();
        result =
            error == SocketError.Success ? TransportResult.Completed(count)
            : transport.IsClosed ? SocketErrors.ClosedHere
            : TransportResult.Failed(SocketErrors.Lost(error));
    }
}
