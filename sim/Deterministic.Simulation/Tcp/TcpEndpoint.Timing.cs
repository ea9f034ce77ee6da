using Deterministic.Core;

namespace Deterministic.Simulation;

/// <content>What happens when nothing arrives.</content>
internal sealed partial class TcpEndpoint
{
    private readonly SimulationTimer _timer;
    private readonly SimulatedLink _link;
    private SimulationTimer? _lingering;
    private TimeSpan _heard;

    /// <summary>Whether news from the peer may have been lost on the way, so that a closed window must be asked about.</summary>
    private bool _mayHaveMissed;

    /// <summary>Something that the peer said was lost.</summary>
    public void AskLater()
    {
        _mayHaveMissed = true;
        ArmTimer();
    }

    /// <summary>
    /// One timer for whichever is due: sending again what is not acknowledged, or asking about a closed window. The latter only if an answer can have been lost:
    /// otherwise the question tells neither side anything, and a run in which everybody waits would never come to rest.
    /// </summary>
    private void ArmTimer()
    {
        if (_sender.HasInFlight || (_sender.IsBlocked && _mayHaveMissed))
        {
            if (!_timer.IsArmed)
            {
                _timer.ArmAfter(_sender.Timeout);
            }
        }
        else
        {
            _timer.Cancel();
        }
    }

    private void OnTimer()
    {
        if (!_sender.HasInFlight)
        {
            Probe();
            return;
        }

        TimeSpan patience = IsConnecting ? _options.ConnectTimeout : _options.RetransmissionTimeout;
        if (Now - _sender.LastProgress >= patience)
        {
            TimeOut(patience);
            return;
        }

        _sender.GoBack();
        if (IsConnecting)
        {
            SendSyn();
        }
        else
        {
            Send();
        }
    }

    private bool IsConnecting => State is TcpState.SynSent or TcpState.SynReceived;

    /// <summary>Asks about a closed window, with a number that the peer has seen already: it answers that.</summary>
    private void Probe()
    {
        if (Now - _heard >= _options.RetransmissionTimeout)
        {
            TimeOut(_options.RetransmissionTimeout);
            return;
        }

        _sender.BackOff();
        _mayHaveMissed = !_wire.Send(
            new Packet(PacketFlags.Ack, _sender.Unacknowledged - 1, _receiver.Next, _receiver.Announce(), [], 0)
        );
        ArmTimer();
    }

    private void TimeOut(TimeSpan patience) =>
        Fail(
            new ConnectionException(
                ConnectionErrorKind.TimedOut,
                $"Connection timed out: {Flow.Peer.Name}:{Flow.Remote.Port} has not answered for {patience:c}."
            )
        );

    /// <summary>What no program holds any more does not wait for its peer for ever.</summary>
    private void WatchOrphan()
    {
        if (_ownership == TcpOwnership.Orphaned && State == TcpState.FinWait2)
        {
            Linger(_options.FinTimeout);
        }
    }

    private void Linger(TimeSpan time)
    {
        _timer.Cancel();
        _lingering ??= _world.Scheduler.CreateTimer(Host.Name, static state => ((TcpEndpoint)state!).End(), this);
        _lingering.ArmAfter(time);
    }
}
