using Deterministic.Simulation.Scheduling;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tcp;

/// <summary>
/// Asks a peer that says nothing whether it is still there: RFC 9293, 3.8.4. Its timer does not keep the world alive, for between two live ends it goes on for ever;
/// the world waits for it where it is going to tell something: <see cref="TcpStack.HasSilentPeer"/>.
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

    /// <param name="scheduler">Whose time.</param>
    /// <param name="options">When to ask, and how often.</param>
    /// <param name="owner">Whom it concerns.</param>
    /// <param name="probe">Asks.</param>
    /// <param name="giveUp">Nobody answers: told for how long.</param>
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
