using Deterministic.Core;
using Deterministic.Faults.Decorating;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Scheduling;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tcp;

/// <content>What happens when nothing arrives.</content>
internal sealed partial class TcpEndpoint
{
    private readonly SimulationTimer _timer;
    private readonly NetworkLink _link;
    private SimulationTimer? _lingering;
    private KeepAlive? _keepAlive;
    private TimeSpan _heard;

    /// <summary>Whether news from the peer may have been lost on the way, so that a closed window must be asked about.</summary>
    private bool _mayHaveMissed;

    /// <summary>The first loss since the peer was last heard.</summary>
    private TimeSpan _missing;

    /// <summary>Something that the peer said was lost, or would be if it said anything.</summary>
    public void ScheduleProbe()
    {
        _mayHaveMissed = true;
        if (_heard >= _missing)
        {
            _missing = Now;
        }

        ArmTimer();
    }

    /// <summary>
    /// One timer for whichever is due: sending again what is not acknowledged, or asking about a closed window. The latter only if an answer can have been lost:
    /// otherwise the probe has no effect on either side, and a run in which all wait would never come to rest.
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

    /// <summary>Asks about a closed window.</summary>
    private void Probe()
    {
        // While nothing could be lost no probe was sent: that time does not count.
        if (Now - (_heard > _missing ? _heard : _missing) >= _options.RetransmissionTimeout)
        {
            TimeOut(_options.RetransmissionTimeout);
            return;
        }

        _sender.BackOff();
        _mayHaveMissed = !Ask();
        ArmTimer();
    }

    /// <summary>With a number that the peer has seen already: it answers that.</summary>
    /// <returns>Whether it is under way.</returns>
    private bool Ask() =>
        _wire.Send(
            new Packet(PacketFlags.Ack, _sender.Unacknowledged - 1, _receiver.Next, _receiver.Announce(), [], 0)
        );

    private void BeginKeepAlive(KeepAliveOptions options)
    {
        _keepAlive ??= new KeepAlive(_world.Scheduler, options, Host.Name, AskSilentPeer, GiveUpOnSilentPeer);
        _keepAlive.Begin();
    }

    /// <summary>While data are in flight their retransmissions show more: as on Linux, no probe is sent then.</summary>
    private void AskSilentPeer()
    {
        if (!_sender.HasInFlight)
        {
            Ask();
        }
    }

    /// <summary>As Linux does, the peer is sent a reset, though it hardly ever arrives.</summary>
    private void GiveUpOnSilentPeer(TimeSpan silence)
    {
        SendReset();
        TimeOut(silence);
    }

    /// <summary>Whether keep-alive is going to end this connection: its peer, or the way there or back, is gone.</summary>
    public bool IsGoingToFindSilence =>
        _keepAlive is not null
        && _program is not null
        && (
            Peer is null
            || _world.Connections.IsBlackholed(Flow.Id)
            || _link.State == LinkState.Partitioned
            || _network.Link(Flow.Peer, Host).State == LinkState.Partitioned
        );

    private void TimeOut(TimeSpan patience)
    {
        // No program does that: a kernel acknowledges, whatever its program does. That of this endpoint may have closed long before.
        _world.Connections.EndedByFault(Flow.Id);
        Fail(
            new ConnectionException(
                ConnectionErrorKind.TimedOut,
                $"Connection timed out: {Flow.Peer.Name}:{Flow.Remote.Port} ({Flow.Remote}) has not answered for {patience:c}."
            )
        );
    }

    /// <summary>An endpoint that no program holds does not wait for its peer forever.</summary>
    private void WatchOrphan()
    {
        if (_ownership == TcpOwnership.Orphaned && State == TcpState.FinWait2)
        {
            LeaveAfter(_options.FinTimeout);
        }
    }

    private void LeaveAfter(TimeSpan time)
    {
        _timer.Cancel();
        _lingering ??= _world.Scheduler.CreateTimer(Host.Name, static state => ((TcpEndpoint)state!).End(), this);
        _lingering.ArmAfter(time);
    }
}
