namespace Deterministic.Streams.Racing;

/// <summary>The time that one call may take to connect, and what its addresses have made of it. One for each call.</summary>
/// <param name="timeout">How long it may take, from now on.</param>
/// <param name="time">Measures it: the network's.</param>
internal sealed class ConnectBudget(TimeSpan timeout, TimeProvider time)
{
    private readonly long _begin = time.GetTimestamp();

    /// <summary>Every address and what became of it, in the order of trial; empty as long as no race has been given up.</summary>
    public IReadOnlyList<string> Outcomes { get; set; } = [];

    /// <summary>The most that one address may have alone, so that every other still gets as much. Never negative.</summary>
    /// <param name="addressesLeft">Those that have not been tried, and the one that is about to be; at least 1.</param>
    public TimeSpan ShareOf(int addressesLeft)
    {
        TimeSpan left = timeout - time.GetElapsedTime(_begin);
        return left > TimeSpan.Zero ? left / addressesLeft : TimeSpan.Zero;
    }
}
