using System.Buffers;
using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <content>From the program to the peer.</content>
internal sealed partial class FaultyTransport
{
    private OutgoingState _outgoing;
    private InnerOperation _sending = InnerOperation.Idle;
    private InnerOperation _shutting = InnerOperation.Idle;
    private ReadOnlySequence<byte> _pendingSend;

    /// <summary>What a send fails with, once the connection is lost.</summary>
    private Exception? _sendError;

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        TransportResult result;
        lock (_gate)
        {
            result = TakeLocked(data) ?? TransportResult.WouldBlock;
            SettleLocked();
            RearmOrRetireLocked();
            if (_sendError is not null && result.Status == TransportStatus.Completed)
            {
                result = LostSend();
            }
        }

        NotifyLater();
        return result;
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        TransportResult result;
        lock (_gate)
        {
            _pendingSend = data;
            SettleLocked();
            RearmOrRetireLocked();
            if (_pendingResults.Send is { } at)
            {
                _pendingResults.Send = null;
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

    public override TransportResult ShutdownWrite()
    {
        TransportResult result;
        lock (_gate)
        {
            if (_program == ProgramHold.Closed)
            {
                return ClosedHere();
            }

            if (OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Shutdown) == OutgoingAction.SendEnd)
            {
                _out.EnterEnd();
                SettleLocked();
                RearmOrRetireLocked();
            }

            result = _outgoing == OutgoingState.Lost ? LostSend() : TransportResult.Done;
        }

        NotifyLater();
        return result;
    }

    public void SendCompleted(TransportResult result)
    {
        lock (_gate)
        {
            _sending = InnerOperation.Idle;
            SentLocked(result);
            SettleLocked();
            RearmOrRetireLocked();
        }

        Notify();
    }

    public void ShutdownWriteCompleted(TransportResult result)
    {
        lock (_gate)
        {
            _shutting = InnerOperation.Idle;
            if (result.Status == TransportStatus.Failed)
            {
                LoseSendingLocked(result.Error!);
            }

            SettleLocked();
            RearmOrRetireLocked();
        }

        Notify();
    }

    /// <summary>Takes what the program sends, or as much of it as there is room for.</summary>
    /// <returns>Null if there is no room.</returns>
    private TransportResult? TakeLocked(ReadOnlySpan<byte> data)
    {
        if (_program == ProgramHold.Closed)
        {
            return ClosedHere();
        }

        int count = data.Length;
        switch (OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Write))
        {
            case OutgoingAction.Send:
                count = _out.Enter(data);
                break;
            case OutgoingAction.Answer:
                Schedule(AnswerCallback, this);
                break;
            case OutgoingAction.DropUnacknowledged:
                count = DropLocked(data.Length);
                break;
            case OutgoingAction.Wait:
                return null;
            case OutgoingAction.Fail:
                return LostSend();
        }

        return count == 0 ? null : TransportResult.Completed(count);
    }

    /// <summary>A send that waits for room may have it now.</summary>
    private bool TakePendingSendLocked()
    {
        if (_pendingSend.IsEmpty || TakeLocked(_pendingSend.FirstSpan) is not { } result)
        {
            return false;
        }

        _pendingSend = default;
        _pendingResults.Send = result;
        return true;
    }

    /// <summary>A send that waits for room fails.</summary>
    private void EndPendingSendLocked(in TransportResult result)
    {
        if (!_pendingSend.IsEmpty)
        {
            _pendingSend = default;
            _pendingResults.Send = result;
        }
    }

    /// <summary>Hands on what has travelled.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool ReleaseOutgoingLocked()
    {
        bool any = false;
        while (IsSendableLocked && _out.TryPeek() is { } item)
        {
            any = true;
            switch (item.Kind)
            {
                case InFlightItemKind.Data when item.Length > 0:
                    TransportResult result = _inner.Send(new ReadOnlySequence<byte>(item.Memory));
                    SentLocked(result);
                    if (result.Status == TransportStatus.Pending)
                    {
                        _sending = InnerOperation.Pending;
                    }

                    break;
                case InFlightItemKind.Fault:
                    _out.Remove();
                    StrikeLocked(item.Fault, isOutgoing: true);
                    break;
                case InFlightItemKind.End when _innerState == InnerState.Open:
                    _out.Remove();
                    ShutDownInnerLocked();
                    break;
                default:
                    // The end that a close is says itself; and a write of which nothing is left.
                    _out.Remove();
                    break;
            }
        }

        if (_innerState == InnerState.Leaving && _out.IsEmpty && IsSendableLocked)
        {
            CloseInnerLocked();
        }

        return any;
    }

    /// <summary>Whether the transport below is free to send.</summary>
    private bool IsSendableLocked =>
        _innerState is InnerState.Open or InnerState.Leaving
        && _sending == InnerOperation.Idle
        && _shutting == InnerOperation.Idle;

    /// <summary>The first segment, or a part of it, has left.</summary>
    private void SentLocked(in TransportResult result)
    {
        if (result.Status == TransportStatus.Failed)
        {
            LoseSendingLocked(result.Error!);
        }
        else if (result.Status == TransportStatus.Completed && _out.First is { } item)
        {
            item.Consume(result.Count);
            _out.Left(result.Count);
            if (item.Length == 0)
            {
                _out.Remove();
            }
        }
    }

    private void ShutDownInnerLocked()
    {
        TransportResult result = _inner.ShutdownWrite();
        if (result.Status == TransportStatus.Pending)
        {
            _shutting = InnerOperation.Pending;
        }
        else if (result.Status == TransportStatus.Failed)
        {
            LoseSendingLocked(result.Error!);
        }
    }

    /// <summary>The transport below takes no more. A program that has closed gets no error: as with a kernel the connection is gone.</summary>
    private void LoseSendingLocked(Exception error)
    {
        _out.Clear();
        if (_innerState is InnerState.Open or InnerState.Leaving)
        {
            OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Lose);
            _sendError = error;
        }
    }

    private TransportResult LostSend() => TransportResult.Failed(_sendError ?? ConnectionErrors.BrokenPipe());
}
