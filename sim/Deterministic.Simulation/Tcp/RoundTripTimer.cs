namespace Deterministic.Simulation.Tcp;

/// <summary>How long to wait for an acknowledgement before sending again: RFC 6298, in ticks of virtual time.</summary>
internal struct RoundTripTimer()
{
    /// <summary>Before there is a measurement: RFC 6298, 2.1.</summary>
    private static readonly TimeSpan Initial = TimeSpan.FromSeconds(1);

    /// <summary>Linux's TCP_RTO_MIN; RFC 6298 would have a second.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);

    /// <summary>Linux's TCP_RTO_MAX.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(120);

    private TimeSpan _smoothed;
    private TimeSpan _variation;
    private TimeSpan _base = Initial;
    private long _timed = -1;
    private TimeSpan _timedSince;

    /// <summary>How many times in a row it has run out.</summary>
    private int _backoffs;

    public readonly TimeSpan Timeout
    {
        get
        {
            // 2^10 · 200 ms is above the most.
            long ticks = _base.Ticks << Math.Min(_backoffs, 10);
            return ticks > Most.Ticks ? Most : TimeSpan.FromTicks(ticks);
        }
    }

    /// <summary>A segment leaves for the first time. One at a time is measured.</summary>
    public void Sent(long end, TimeSpan now)
    {
        if (_timed < 0)
        {
            _timed = end;
            _timedSince = now;
        }
    }

    /// <summary>Something new is acknowledged.</summary>
    public void Acknowledged(long acknowledgement, TimeSpan now)
    {
        _backoffs = 0;
        if (_timed < 0 || acknowledgement < _timed)
        {
            return;
        }

        _timed = -1;
        TimeSpan sample = now - _timedSince;
        if (_smoothed == TimeSpan.Zero)
        {
            _smoothed = sample;
            _variation = sample / 2;
        }
        else
        {
            _variation = ((3 * _variation) + (_smoothed - sample).Duration()) / 4;
            _smoothed = ((7 * _smoothed) + sample) / 8;
        }

        TimeSpan timeout = _smoothed + (4 * _variation);
        _base = timeout < Least ? Least : timeout;
    }

    /// <summary>Nothing came in time. What is sent again is not measured (Karn's algorithm).</summary>
    public void RanOut()
    {
        _backoffs++;
        _timed = -1;
    }
}
