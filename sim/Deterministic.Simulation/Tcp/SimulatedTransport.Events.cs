using Deterministic.Core;
using Deterministic.Exploration;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tcp;

/// <content>Events of the network, and their delivery to the program when it is its turn to run.</content>
internal sealed partial class SimulatedTransport
{
    /// <summary>A few slices of a busy processor, and longer than a round trip of a local network.</summary>
    private static readonly TimeSpan LateWake = TimeSpan.FromMilliseconds(10);

    public void OnConnected()
    {
        Record(TraceKind.Connected, _endpoint.Flow.Remote.ToString());
        if (Scope.Enters(static state => ((SimulatedTransport)state!).CompleteConnecting(), this))
        {
            CompleteConnecting();
        }
    }

    public void OnReadable()
    {
        if (_endpoint.HasEnded && IsSendPending && World.Choices.Choose(ChoiceKind.Close, 2) == 1)
        {
            // The program wakes late. A reset that answers what it is still sending may arrive meanwhile, and then the program gets that first.
            World.Scheduler.ScheduleAfter(
                LateWake,
                Host.Name,
                static state => ((SimulatedTransport)state!).BecomeReadable(),
                this
            );
            return;
        }

        BecomeReadable();
    }

    private void BecomeReadable()
    {
        if (Scope.Enters(static state => ((SimulatedTransport)state!).ReceiveOrSayReady(), this))
        {
            ReceiveOrSayReady();
        }
    }

    public void OnWritable()
    {
        if (IsSendPending && Scope.Enters(static state => ((SimulatedTransport)state!).RetrySend(), this))
        {
            RetrySend();
        }
    }

    public void OnFailed(ConnectionException error)
    {
        if (Scope.Enters(static state => ((SimulatedTransport)state!).Fail(), this))
        {
            Fail();
        }
    }

    public void OnCrashed() => LoseHost();

    protected override void EndPendingLater() =>
        Scope.Post(static state => ((SimulatedTransport)state!).EndPending(), this);

    private void CompleteConnecting()
    {
        // A connection that was lost while its program was stopped is reported as lost.
        if (Life == TransportLife.Open && _endpoint.Error is null)
        {
            _connecting!.TrySetResult(this);
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

        if (IsSendPending)
        {
            _isToldOfLoss = true;
            EndSend(TransportResult.Failed(error));
        }

        ReceiveOrSayReady();
    }

    /// <summary>A program that knows of the loss already gets a broken pipe.</summary>
    private ConnectionException LossOnWrite(ConnectionException error)
    {
        bool wasTold = _isToldOfLoss;
        _isToldOfLoss = true;
        return wasTold ? ConnectionErrors.BrokenPipe() : error;
    }

    /// <summary>What was not begun, to spare the memory, is to be begun now: <see cref="IsReceiveReady"/>.</summary>
    private void ReceiveOrSayReady()
    {
        if (IsReceivePending)
        {
            RetryReceive();
        }
        else
        {
            Handler.ReceiveReady();
        }
    }

    private void EndPending()
    {
        if (Life == TransportLife.Crashed)
        {
            _connecting?.TrySetException(Scope.HasCrashed());
            EndLingering();
        }

        RetrySend();
        ReceiveOrSayReady();
    }

    private void CompleteClose(TransportResult result)
    {
        if (Scope.Enters(_ => Handler.CloseCompleted(result), this))
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
