using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Protocols;

/// <content>What the callbacks bring.</content>
internal sealed partial class CallbackTransport
{
    /// <summary>What a receive returns once nothing more comes in.</summary>
    private TransportResult InputEndLocked => _lost is null ? TransportResult.EndOfFile : TransportResult.Failed(_lost);

    /// <summary>What a close returns once the connection is gone.</summary>
    private TransportResult CloseResultLocked => _lost is null ? TransportResult.Done : TransportResult.Failed(_lost);

    /// <summary>What a send fails with once the connection is gone.</summary>
    private TransportResult SendFailureLocked =>
        TransportResult.Failed(
            _lost ?? new ConnectionException(ConnectionErrorKind.Aborted, "The connection was closed by this side.")
        );

    public void Made(ProtocolTransport below) => _below = below;

    public void DataReceived(ReadOnlySequence<byte> data)
    {
        int taken = 0;
        bool kept = false;
        lock (_gate)
        {
            if (_input != CallbackInput.Open)
            {
                throw new InvalidOperationException(
                    "DataReceived after EofReceived or ConnectionLost: the stream has ended already."
                );
            }

            if (!_receiving.IsEmpty)
            {
                taken = (int)Math.Min(data.Length, _receiving.Length);
                data.Slice(0, taken).CopyTo(_receiving.Span);
                _receiving = default;
                data = data.Slice(taken);
            }

            if (!data.IsEmpty)
            {
                _unread.AddLast(data.ToArray());
                kept = true;
            }
        }

        if (kept)
        {
            PauseWhileUnread();
        }

        if (taken > 0)
        {
            Handler.ReceiveCompleted(TransportResult.Completed(taken));
        }
    }

    public void EofReceived()
    {
        bool receiving;
        lock (_gate)
        {
            _input = _input == CallbackInput.Open ? CallbackInput.Ended : _input;
            receiving = !_receiving.IsEmpty;
            _receiving = default;
        }

        if (receiving)
        {
            Handler.ReceiveCompleted(TransportResult.EndOfFile);
        }
    }

    public void PauseWriting() =>
        Turn(WritingState.Flowing, WritingState.Paused, "PauseWriting while writing is paused");

    public void ResumeWriting()
    {
        Turn(WritingState.Paused, WritingState.Flowing, "ResumeWriting while writing is not paused");
        ReadOnlySequence<byte> sending;
        lock (_gate)
        {
            sending = _sending;
            _sending = default;
        }

        if (!sending.IsEmpty && Send(sending) is { Status: not TransportStatus.Pending } result)
        {
            Handler.SendCompleted(result);
        }
    }

    /// <summary>Every operation under way ends.</summary>
    public void ConnectionLost(Exception? error)
    {
        bool receiving;
        bool sending;
        bool closing;
        TransportResult inputEnd;
        TransportResult closeResult;
        TransportResult sendFailure;
        lock (_gate)
        {
            if (_input == CallbackInput.Lost)
            {
                return;
            }

            _input = CallbackInput.Lost;
            _lost = error;
            (receiving, _receiving) = (!_receiving.IsEmpty, default);
            (sending, _sending) = (!_sending.IsEmpty, default);
            closing = _state == CallbackState.Closing;
            inputEnd = InputEndLocked;
            closeResult = CloseResultLocked;
            sendFailure = SendFailureLocked;
        }

        if (sending)
        {
            Handler.SendCompleted(sendFailure);
        }

        if (receiving)
        {
            Handler.ReceiveCompleted(inputEnd);
        }

        if (closing)
        {
            Handler.CloseCompleted(closeResult);
        }
    }

    /// <summary>The receive that takes the last kept bytes resumes reading; if that was before the pause here, it is resumed here.</summary>
    private void PauseWhileUnread()
    {
        _below?.PauseReading();
        bool taken;
        lock (_gate)
        {
            taken = _unread.Count == 0;
        }

        if (taken)
        {
            _below?.ResumeReading();
        }
    }

    private void Turn(WritingState from, WritingState to, string mistake)
    {
        lock (_gate)
        {
            _writing =
                _writing == from
                    ? to
                    : throw new InvalidOperationException($"{mistake}: the two alternate, beginning with a pause.");
        }
    }
}
