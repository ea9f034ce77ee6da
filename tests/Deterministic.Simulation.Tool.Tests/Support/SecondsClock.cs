namespace Deterministic.Simulation.Tool.Tests;

/// <summary>Each look at it is a second after the last: what is measured with it always took one.</summary>
internal sealed class SecondsClock : TimeProvider
{
    private long _looks;

    public override long GetTimestamp() => Interlocked.Increment(ref _looks) * TimestampFrequency;
}
