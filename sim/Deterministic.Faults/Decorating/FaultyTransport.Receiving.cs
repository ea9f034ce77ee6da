using System.Buffers;
using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <content>From the peer to the program.</content>
internal sealed partial class FaultyTransport
{
    /// <summary>Some segments: what comes in large pieces is received in few.</summary>
    private const int ReceiveBytes = 16 * 1024;

    /// <summary>What has travelled, and the program has not received yet.</summary>
    private readonly Queue<InFlightItem> _arrived = new();
    private IncomingState _incoming;
    private InnerOperation _receiving;
    private byte[]? _buffer;
    private Memory<byte> _pendingReceive;

    /// <summary>What comes behind the last byte; null as long as there may be more.</summary>
    private TransportResult? _terminal;

    /// <summary>Until when nothing is received.</summary>
    private TimeSpan _shutUntil;

    public override TransportResult Receive(Memory<byte> buffer)
    {
        TransportResult result;
        lock (_gate)
        {
            if (_program == ProgramHold.Closed)
            {
                return ClosedHere();
            }

            StartReceivingLocked();
            _pendingReceive = buffer;
            SettleLocked();
            RearmOrRetireLocked();
            if (_pendingResults.Receive is { } at)
            {
                _pendingResults.Receive = null;
                result = at;
            }
            else
            {
                result = TransportResult.Pending;
            }
        }

        NotifyLater();
        return result;
    }

    public void ReceiveReady()
    {
        lock (_gate)
        {
            SettleLocked();
            RearmOrRetireLocked();
        }

        Notify();
    }

    public void ReceiveCompleted(TransportResult result)
    {
        lock (_gate)
        {
            _receiving = InnerOperation.Idle;
            if (_innerState is InnerState.Open or InnerState.Silent)
            {
                ReceivedLocked(result);
            }

            SettleLocked();
            RearmOrRetireLocked();
        }

        Notify();
    }

    private void StartReceivingLocked()
    {
        if (_receiving == InnerOperation.NotStarted)
        {
            _receiving = InnerOperation.Idle;
        }
    }

    /// <summary>Receives for as long as there is room for what comes.</summary>
    private void PumpLocked()
    {
        while (IsReceivableLocked)
        {
            _buffer ??= new byte[ReceiveBytes];
            TransportResult result = _inner.Receive(_buffer.AsMemory(0, Math.Min(_buffer.Length, _in.Room)));
            if (result.Status == TransportStatus.Pending)
            {
                _receiving = InnerOperation.Pending;
                return;
            }

            ReceivedLocked(result);
        }
    }

    private bool IsReceivableLocked =>
        _receiving == InnerOperation.Idle
        && (
            _innerState == InnerState.Open
                ? _incoming is IncomingState.Open or IncomingState.Cut or IncomingState.Forgotten
                : _innerState == InnerState.Silent && _incoming == IncomingState.Forgotten
        )
        && _in.Room > 0
        && _inner.IsReceiveReady
        && _shutUntil <= _faults.Now;

    /// <summary>Something came from below.</summary>
    private void ReceivedLocked(in TransportResult result)
    {
        if (result.Status != TransportStatus.Completed)
        {
            _receiving = InnerOperation.Over;
        }

        if (_incoming == IncomingState.Open)
        {
            EnterLocked(result);
        }
        else
        {
            ApplyLocked(result.Status == TransportStatus.Completed ? IncomingInput.Data : IncomingInput.End);
        }
    }

    /// <summary>What came from below is sent on, with its faults.</summary>
    private void EnterLocked(in TransportResult result)
    {
        switch (result.Status)
        {
            case TransportStatus.EndOfFile:
                _in.EnterEnd();
                return;
            case TransportStatus.Failed:
                _in.EnterBehind(InFlightItemKind.Failure, error: result.Error);
                return;
        }

        long before = _in.Carried;
        for (Span<byte> left = _buffer.AsSpan(0, result.Count); !left.IsEmpty; )
        {
            left = left[_in.Enter(left)..];
        }

        lock (_faults.Gate)
        {
            InjectionPoint site = new(_peer.Name, _host, _connection, before, result.Count);
            TimeSpan shut = _faults.Injector.StrikeForTime(FaultKind.ZeroWindow, site);
            _shutUntil = shut > TimeSpan.Zero ? _faults.Now + shut : _shutUntil;
        }
    }

    /// <summary>What has travelled has arrived.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool ReleaseIncomingLocked()
    {
        bool any = false;
        while (_in.TryPeek() is { } item)
        {
            any = true;
            _in.Remove();
            ArriveLocked(item);
        }

        return any;
    }

    private void ArriveLocked(InFlightItem item)
    {
        switch (item.Kind)
        {
            case InFlightItemKind.Fault:
                StrikeLocked(item.Fault, isOutgoing: false);
                break;
            case InFlightItemKind.Data when item.Length == 0:
                break;
            case InFlightItemKind.Data when ApplyLocked(IncomingInput.Data) == IncomingAction.Deliver:
                _arrived.Enqueue(item);
                return;
            case InFlightItemKind.End
            or InFlightItemKind.Failure when ApplyLocked(IncomingInput.End) == IncomingAction.Deliver:
                _terminal = item.Error is { } error ? TransportResult.Failed(error) : TransportResult.EndOfFile;
                break;
        }

        _in.Left(item.Length);
    }

    /// <summary>Moves the state of what is received, and does what follows from that but to deliver.</summary>
    private IncomingAction ApplyLocked(IncomingInput input)
    {
        IncomingAction action = IncomingTransitions.Apply(ref _incoming, input);
        switch (action)
        {
            case IncomingAction.Reset:
                LoseLocked(ConnectionErrors.ResetByPeer());
                break;
            case IncomingAction.ResetPeer:
                AbortInnerLocked();
                break;
            case IncomingAction.DeliverEnd:
                _terminal = TransportResult.EndOfFile;
                break;
        }

        return action;
    }

    /// <summary>A receive that waits may have its result now.</summary>
    private void CompletePendingReceiveLocked()
    {
        if (_pendingReceive.IsEmpty)
        {
            return;
        }

        if (_arrived.TryPeek(out InFlightItem? item))
        {
            _pendingResults.Receive = TransportResult.Completed(TakeArrived(item));
            _pendingReceive = default;
        }
        else if (_terminal is { } terminal)
        {
            _pendingResults.Receive = terminal;
            _pendingReceive = default;
        }
    }

    /// <summary>Of one segment at a time, so that the cuts between them are seen.</summary>
    private int TakeArrived(InFlightItem item)
    {
        int count = _out.Shorten(Math.Min(_pendingReceive.Length, item.Length));
        item.Memory[..count].CopyTo(_pendingReceive);
        item.Consume(count);
        if (item.Length == 0)
        {
            _arrived.Dequeue();
        }

        _in.Left(count);
        return count;
    }
}
