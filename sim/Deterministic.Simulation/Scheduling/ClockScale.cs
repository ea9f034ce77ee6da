namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// Which instant of a clock is which of the world's, for a clock that runs at a rate of its own. Instants are ticks since the start of the world, on either side.
/// Whole numbers throughout, so that every machine has the same; monotonic in both directions, whatever the rate is changed to.
/// </summary>
internal sealed class ClockScale
{
    private const long Million = 1_000_000;

    /// <summary>When the rate was last changed, in the world's time.</summary>
    private long _turn;

    /// <summary>What the clock showed then, in millionths of a tick: so no change of rate loses a fraction.</summary>
    private Int128 _shownAtTurn;

    /// <summary>How much faster than the world the clock runs.</summary>
    public int PartsPerMillion { get; private set; }

    private long Rate => Million + PartsPerMillion;

    /// <summary>What the clock shows.</summary>
    /// <param name="world">No earlier than the last change of rate.</param>
    public long LocalAt(long world) => Saturate((_shownAtTurn + ((Int128)(world - _turn) * Rate)) / Million);

    /// <summary>The first instant at which the clock shows this or more; for what it showed before the last change of rate, the instant of that change.</summary>
    public long WorldAt(long local)
    {
        Int128 missing = ((Int128)local * Million) - _shownAtTurn;
        return missing <= 0 ? _turn : Saturate(_turn + ((missing + Rate - 1) / Rate));
    }

    /// <summary>From now on the clock runs at another rate.</summary>
    /// <param name="partsPerMillion">How much faster than the world; above minus a million.</param>
    /// <param name="now">The world's time.</param>
    public void SetRate(int partsPerMillion, long now)
    {
        _shownAtTurn += (Int128)(now - _turn) * Rate;
        _turn = now;
        PartsPerMillion = partsPerMillion;
    }

    private static long Saturate(Int128 ticks) => (long)Int128.Min(ticks, long.MaxValue);
}
