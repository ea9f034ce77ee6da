using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <content>What the network tells, and what the program is told of it: when it is its time to run.</content>
internal sealed partial class SimulatedTransport
{
    public void OnConnected()
    {
        Record(TraceKind.Connected, _endpoint.Flow.Remote.ToString());
        if (_scope.Enters(static state => ((SimulatedTransport)state!).CompleteConnecting(), this))
        {
            CompleteConnecting();
        }
    }

    public void OnReadable()
    {
        if (_scope.Enters(static state => ((SimulatedTransport)state!).CompletePendingReceive(), this))
        {
            CompletePendingReceive();
        }
    }

    public void OnWritable()
    {
        if (
            !_pendingSend.IsEmpty
            && _scope.Enters(static state => ((SimulatedTransport)state!).CompletePendingSend(), this)
        )
        {
            CompletePendingSend();
        }
    }

    public void OnFailed(ConnectionException error)
    {
        if (_scope.Enters(static state => ((SimulatedTransport)state!).Fail(), this))
        {
            Fail();
        }
    }

    public void OnCrashed()
    {
        _life = TransportLife.Crashed;
        if (_scope.EndsWithHost)
        {
            _pendingReceive = default;
            _pendingSend = default;
        }
        else
        {
            _scope.Post(static state => ((SimulatedTransport)state!).EndPending(), this);
        }
    }

    private void CompleteConnecting()
    {
        // A connection that was lost while its program stood still is told of as such.
        if (_life == TransportLife.Open && _endpoint.Error is null)
        {
            _connecting!.TrySetResult(this);
        }
    }

    private void CompletePendingSend()
    {
        if (_pendingSend.IsEmpty)
        {
            return;
        }

        ReadOnlySequence<byte> data = _pendingSend;
        _pendingSend = default;
        TransportResult result = Send(data);
        if (result.Status != TransportStatus.Pending)
        {
            Handler.SendCompleted(result);
        }
    }

    private void Fail()
    {
        ConnectionException error = _endpoint.Error!;
        if (_connecting is { Task.IsCompleted: false })
        {
            Record(TraceKind.ConnectFailed, error.Message);
            _connecting.TrySetException(error);
            return;
        }

        if (!_pendingSend.IsEmpty)
        {
            _pendingSend = default;
            _isToldOfLoss = true;
            Handler.SendCompleted(TransportResult.Failed(error));
        }

        CompletePendingReceive();
    }

    /// <summary>Who was told already hears of a broken pipe, and so does who is reset by a peer that takes no more anyway: it has ended its half.</summary>
    private ConnectionException LossOnWrite(ConnectionException error)
    {
        bool isExpected = _endpoint.HasEnded && error.Kind == ConnectionErrorKind.Reset;
        if (!_isToldOfLoss && !isExpected)
        {
            _isToldOfLoss = true;
            return error;
        }

        return ConnectionErrors.BrokenPipe();
    }

    private void CompletePendingReceive()
    {
        if (_pendingReceive.IsEmpty)
        {
            Handler.ReceiveReady();
            return;
        }

        Memory<byte> buffer = _pendingReceive;
        _pendingReceive = default;
        TransportResult result = Receive(buffer);
        if (result.Status != TransportStatus.Pending)
        {
            Handler.ReceiveCompleted(result);
        }
    }

    private void EndPending()
    {
        if (_life == TransportLife.Crashed)
        {
            _connecting?.TrySetException(_scope.HasCrashed());
            EndLingering();
        }

        if (!_pendingSend.IsEmpty)
        {
            _pendingSend = default;
            Handler.SendCompleted(ClosedHere());
        }

        if (!_pendingReceive.IsEmpty)
        {
            _pendingReceive = default;
            Handler.ReceiveCompleted(ClosedHere());
        }
        else
        {
            Handler.ReceiveReady();
        }
    }

    private void CompleteClose(TransportResult result)
    {
        if (_scope.Enters(_ => Handler.CloseCompleted(result), this))
        {
            Handler.CloseCompleted(result);
        }
    }

    private void EndLingering()
    {
        if (_lingering is not null && _lingering.TryCut())
        {
            Handler.CloseCompleted(ClosedHere());
        }
    }
}
