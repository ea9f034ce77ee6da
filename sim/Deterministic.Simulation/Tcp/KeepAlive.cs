using Deterministic.Simulation.Scheduling;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tcp;

/// <summary>
/// Probes a peer that is silent: RFC 9293, 3.8.4. Its timer does not keep the world alive, since between two live endpoints it never ends;
/// the world waits for it where it is going to end a connection: <see cref="TcpStack.HasSilentPeer"/>.
/// </summary>
internal sealed class KeepAlive
{
    private readonly SimulationScheduler _scheduler;
    private readonly KeepAliveOptions _options;
    private readonly Action _probe;
    private readonly Action<TimeSpan> _giveUp;
    private readonly SimulationTimer _timer;
    private TimeSpan _heard;
    private int _asked;

    /// <param name="scheduler">The scheduler of the world.</param>
    /// <param name="options">When to ask, and how often.</param>
    /// <param name="owner">Whom it concerns.</param>
    /// <param name="probe">Asks.</param>
    /// <param name="giveUp">Called with the length of the silence when no probe was answered.</param>
    public KeepAlive(
        SimulationScheduler scheduler,
        KeepAliveOptions options,
        string owner,
        Action probe,
        Action<TimeSpan> giveUp
    )
    {
        _scheduler = scheduler;
        _options = options;
        _probe = probe;
        _giveUp = giveUp;
        _timer = scheduler.CreateBackgroundTimer(owner, _ => OnTimer());
    }

    /// <summary>The connection stands.</summary>
    public void Begin()
    {
        Heard();
        _timer.ArmAfter(_options.Time);
    }

    /// <summary>The peer has said something.</summary>
    public void Heard()
    {
        _heard = _scheduler.Now;
        _asked = 0;
    }

    public void End() => _timer.Cancel();

    private void OnTimer()
    {
        TimeSpan silence = _scheduler.Now - _heard;
        if (silence < _options.Time)
        {
            _timer.ArmAfter(_options.Time - silence);
        }
        else if (_asked == _options.RetryCount)
        {
            _giveUp(silence);
        }
        else
        {
            _asked++;
            _probe();
            _timer.ArmAfter(_options.Interval);
        }
    }
}
