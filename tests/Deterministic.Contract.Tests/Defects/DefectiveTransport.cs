using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract.Tests;

/// <summary>A sound transport behind one that breaks a rule of the seam.</summary>
internal sealed class DefectiveTransport : Transport, ITransportHandler
{
    private readonly Transport _sound;
    private readonly Defect _defect;
    private volatile bool _closed;

    public DefectiveTransport(Transport sound, Defect defect)
    {
        _sound = sound;
        _defect = defect;
        sound.Attach(this);
    }

    /// <summary>Called once, within the first receive.</summary>
    public Action? DuringReceive { get; set; }

    public override EndPoint? LocalEndPoint => Forgets ? null : _sound.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => Forgets ? null : _sound.RemoteEndPoint;

    public override TimeProvider TimeProvider =>
        _defect == Defect.ClockStandsStill ? StoppedClock.Instance : _sound.TimeProvider;

    public override bool CanShutdownWrite => _defect != Defect.DeniesHalfClose;

    private bool Forgets => _closed && _defect == Defect.ForgetsAddressesAtClose;

    public override TransportResult Receive(Memory<byte> buffer)
    {
        Action? during = DuringReceive;
        DuringReceive = null;
        during?.Invoke();
        TransportResult result = _sound.Receive(buffer);
        return _defect == Defect.ReceivesNothing && result.Status == TransportStatus.EndOfFile
            ? TransportResult.Completed(0)
            : result;
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        TransportResult result = _sound.TrySend(data);
        return _defect == Defect.TriedSendIsPending && result.Count == 0 ? TransportResult.Pending : result;
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        ReadOnlySequence<byte> given = data;
        if (_defect == Defect.SendsTheLastSegmentFirst && !data.IsSingleSegment)
        {
            given = new ReadOnlySequence<byte>(data.ToArray().AsMemory((int)data.Length / 2));
        }

        if (_defect == Defect.KeepsTheCallersMemory)
        {
            SendLater(given.First);
            return TransportResult.Completed(given.First.Length);
        }

        TransportResult result = _sound.Send(given);
        return _defect == Defect.ThrowsFromSend && result.Status == TransportStatus.Failed
            ? throw result.Error!
            : result;
    }

    public override TransportResult ShutdownWrite() => _sound.ShutdownWrite();

    public override TransportResult Close()
    {
        TransportResult result = _sound.Close();
        _closed = true;
        ReportOnThisStack();
        return _defect == Defect.CloseFails
            ? TransportResult.Failed(new ConnectionException(ConnectionErrorKind.Other, "It would not close."))
            : result;
    }

    public override void Abort()
    {
        _sound.Abort();
        _closed = true;
        ReportOnThisStack();
    }

    public override void Schedule(Action<object?> callback, object? state)
    {
        if (_defect == Defect.SchedulesInline)
        {
            callback(state);
            return;
        }

        _sound.Schedule(callback, state);
    }

    public override object? GetExtraInfo(string name) =>
        _defect == Defect.ThrowsForUnknownFacts
            ? throw new NotSupportedException($"'{name}' is not known here.")
            : _sound.GetExtraInfo(name);

    public void ReceiveCompleted(TransportResult result)
    {
        if (_defect == Defect.ReportsOnTheCallersStack && _closed)
        {
            // Reported already.
            return;
        }

        Handler.ReceiveCompleted(result);
        if (_defect == Defect.ReportsTwice)
        {
            Handler.ReceiveCompleted(result);
        }
    }

    public void SendCompleted(TransportResult result) => Handler.SendCompleted(result);

    public void ShutdownWriteCompleted(TransportResult result) => Handler.ShutdownWriteCompleted(result);

    public void CloseCompleted(TransportResult result) => Handler.CloseCompleted(result);

    private void ReportOnThisStack()
    {
        if (_defect == Defect.ReportsOnTheCallersStack)
        {
            Handler.ReceiveCompleted(TransportResult.EndOfFile);
        }
    }

    /// <summary>Goes on sending from memory that is not lent any more.</summary>
    private void SendLater(ReadOnlyMemory<byte> left) =>
        Schedule(
            _ =>
            {
                if (
                    _sound.TrySend(left.Span) is { Status: TransportStatus.Completed } result
                    && result.Count < left.Length
                )
                {
                    SendLater(left[result.Count..]);
                }
            },
            null
        );
}
