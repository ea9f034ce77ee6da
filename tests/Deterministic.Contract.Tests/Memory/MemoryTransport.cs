using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract.Tests;

/// <summary>One end of a connection in memory. Both ends share a lock; results come from the thread pool.</summary>
internal sealed class MemoryTransport(EndPoint local, EndPoint remote, object gate, MemoryDefects defect) : Transport
{
    /// <summary>How much one direction holds.</summary>
    public const int Window = 32 * 1024;

    private readonly MemoryBuffer _arrived = new();
    private MemoryTransport _peer = null!;
    private bool _ended;
    private bool _reset;
    private bool _closed;
    private long _sent;
    private Memory<byte> _pendingReceive;
    private ReadOnlySequence<byte> _pendingSend;

    public override EndPoint LocalEndPoint => local;

    public override EndPoint RemoteEndPoint => remote;

    public static (MemoryTransport Client, MemoryTransport Server) CreatePair(
        EndPoint client,
        EndPoint server,
        MemoryDefects defect
    )
    {
        object gate = new();
        MemoryTransport near = new(defect == MemoryDefects.ConfusesAddresses ? server : client, server, gate, defect);
        MemoryTransport far = new(server, client, gate, defect);
        near._peer = far;
        far._peer = near;
        return (near, far);
    }

    public override TransportResult Receive(Memory<byte> buffer)
    {
        lock (gate)
        {
            TransportResult result = TryReceive(buffer);
            _pendingReceive = result.Status == TransportStatus.Pending ? buffer : default;
            return result;
        }
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        lock (gate)
        {
            return TrySendLocked(data);
        }
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        lock (gate)
        {
            TransportResult result = TrySendLocked(data.FirstSpan);
            bool blocked = result is { Status: TransportStatus.Completed, Count: 0 };
            _pendingSend = blocked ? data : default;
            return blocked ? TransportResult.Pending : result;
        }
    }

    public override TransportResult ShutdownWrite()
    {
        lock (gate)
        {
            _peer._ended |= defect != MemoryDefects.ShutdownIsSilent;
            _ended |= defect == MemoryDefects.ShutdownClosesBothHalves;
            _peer.AdvanceSoon();
            AdvanceSoon();
            return TransportResult.Done;
        }
    }

    public override TransportResult Close()
    {
        lock (gate)
        {
            if (_arrived.Count > 0 && defect != MemoryDefects.CloseForgetsUnread)
            {
                _peer._reset = true;
            }

            if (defect == MemoryDefects.CloseDropsWhatIsUnderWay)
            {
                _peer._arrived.Clear();
            }

            End();
            return TransportResult.Done;
        }
    }

    public override void Abort()
    {
        lock (gate)
        {
            _peer._reset |= !_closed && defect != MemoryDefects.AbortLooksLikeTheEnd;
            End();
        }
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        ThreadPool.QueueUserWorkItem(callback, state, preferLocal: false);

    private TransportResult TryReceive(Memory<byte> buffer)
    {
        if (_closed)
        {
            return TransportResult.Failed(new ConnectionException(ConnectionErrorKind.Aborted, "Closed on this side"));
        }

        if (_ended && defect == MemoryDefects.EndOvertakesData)
        {
            return TransportResult.EndOfFile;
        }

        if (_arrived.Count > 0)
        {
            int count = _arrived.Take(buffer.Span);
            _peer.AdvanceSoon();
            return TransportResult.Completed(count);
        }

        return _reset
                ? TransportResult.Failed(new ConnectionException(ConnectionErrorKind.Reset, "Connection reset by peer"))
            : _ended ? TransportResult.EndOfFile
            : TransportResult.Pending;
    }

    private TransportResult TrySendLocked(ReadOnlySpan<byte> data)
    {
        if (_closed || _reset || _peer._closed)
        {
            _reset = true;
            return defect == MemoryDefects.CloseForgetsUnread && _peer._closed
                ? TransportResult.Completed(data.Length)
                : TransportResult.Failed(new ConnectionException(ConnectionErrorKind.BrokenPipe, "Broken pipe"));
        }

        int count =
            defect == MemoryDefects.NeverBlocks ? data.Length : Math.Min(data.Length, Window - _peer._arrived.Count);
        if (count > 0)
        {
            bool loses = defect == MemoryDefects.LosesTheTailOfASend && count < data.Length;
            _peer._arrived.Add(data[..(loses ? count - 1 : count)]);
            _sent += count;
            if (defect == MemoryDefects.AltersBytes && _sent % 1000 < count)
            {
                _peer._arrived.Spoil();
            }

            _peer.AdvanceSoon();
        }

        return TransportResult.Completed(count);
    }

    private void End()
    {
        _closed = true;
        _arrived.Clear();
        _peer._ended = true;
        _peer.AdvanceSoon();
        AdvanceSoon();
    }

    private void AdvanceSoon() => Schedule(static state => ((MemoryTransport)state!).Advance(), this);

    /// <summary>Ends what is pending, if it can be.</summary>
    private void Advance()
    {
        TransportResult received = TransportResult.Pending;
        TransportResult sent = TransportResult.Pending;
        lock (gate)
        {
            if (!_pendingReceive.IsEmpty)
            {
                received = TryReceive(_pendingReceive);
                _pendingReceive = received.Status == TransportStatus.Pending ? _pendingReceive : default;
            }

            bool forgotten = defect == MemoryDefects.ForgetsTheWaitingSender && !_closed;
            if (
                !_pendingSend.IsEmpty
                && !forgotten
                && TrySendLocked(_pendingSend.FirstSpan) is var result
                && result is not { Status: TransportStatus.Completed, Count: 0 }
            )
            {
                sent = result;
                _pendingSend = default;
            }
        }

        if (received.Status != TransportStatus.Pending)
        {
            Handler.ReceiveCompleted(received);
        }

        if (sent.Status != TransportStatus.Pending)
        {
            Handler.SendCompleted(sent);
        }
    }
}
