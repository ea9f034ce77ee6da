using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract.Tests;

/// <summary>One end of a connection in memory. Both ends share a lock; results come from the thread pool.</summary>
internal sealed class MemoryTransport(EndPoint local, EndPoint remote, object gate, Defect defect) : Transport
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

    /// <summary>What else goes down with it, if it has that defect.</summary>
    public Action? TakeAlong { get; set; }

    /// <summary>Whether it was cut off by the other side.</summary>
    public bool IsReset
    {
        get
        {
            lock (gate)
            {
                return _reset;
            }
        }
    }

    public override EndPoint LocalEndPoint => local;

    public override EndPoint RemoteEndPoint => remote;

    public static (MemoryTransport Client, MemoryTransport Server) CreatePair(
        EndPoint client,
        EndPoint server,
        Defect defect
    )
    {
        object gate = new();
        MemoryTransport near = new(defect == Defect.ConfusesAddresses ? server : client, server, gate, defect);
        MemoryTransport far = new(server, client, gate, defect);
        near._peer = far;
        far._peer = near;
        return (near, far);
    }

    public override TransportResult Receive(Memory<byte> buffer)
    {
        lock (gate)
        {
            if (_closed && defect == Defect.LateCallsWait)
            {
                return TransportResult.Pending;
            }

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
            _peer._ended |= defect != Defect.ShutdownIsSilent;
            _ended |= defect == Defect.ShutdownClosesBothHalves;
            _peer.AdvanceSoon();
            AdvanceSoon();
            return TransportResult.Done;
        }
    }

    public override TransportResult Close()
    {
        TakeAlong?.Invoke();
        lock (gate)
        {
            bool unread = _arrived.Count > 0 && defect != Defect.CloseForgetsUnread;
            _peer._reset |= unread || defect == Defect.EndLooksLikeAReset;

            if (defect == Defect.CloseDropsWhatIsUnderWay)
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
            _peer._reset |= !_closed && defect is not (Defect.AbortLooksLikeTheEnd or Defect.AbortIsSilent);
            End(silent: defect == Defect.AbortIsSilent);
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

        if (_ended && defect == Defect.EndOvertakesData)
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
            return defect == Defect.CloseForgetsUnread && _peer._closed
                ? TransportResult.Completed(data.Length)
                : TransportResult.Failed(new ConnectionException(ConnectionErrorKind.BrokenPipe, "Broken pipe"));
        }

        if (defect == Defect.HalfDuplex && !_peer._pendingSend.IsEmpty)
        {
            return TransportResult.Completed(0);
        }

        int count = defect == Defect.NeverBlocks ? data.Length : Math.Min(data.Length, Window - _peer._arrived.Count);
        if (count > 0)
        {
            bool loses = defect == Defect.LosesTheTailOfASend && count < data.Length;
            _peer._arrived.Add(data[..(loses ? count - 1 : count)]);
            _sent += count;
            if (defect == Defect.AltersBytes && _sent % 1000 < count)
            {
                _peer._arrived.Spoil();
            }

            _peer.AdvanceSoon();
        }

        return TransportResult.Completed(count);
    }

    private void End(bool silent = false)
    {
        _closed = true;
        _arrived.Clear();
        if (defect == Defect.ForgetsPendingAtClose)
        {
            _pendingReceive = default;
            _pendingSend = default;
        }

        if (!silent)
        {
            _peer._ended = true;
            _peer.AdvanceSoon();
        }

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
            if (!_pendingReceive.IsEmpty && (defect != Defect.ForgetsTheWaitingReceiver || _closed))
            {
                received = TryReceive(_pendingReceive);
                _pendingReceive = received.Status == TransportStatus.Pending ? _pendingReceive : default;
            }

            bool forgotten = defect == Defect.ForgetsTheWaitingSender && !_closed;
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
