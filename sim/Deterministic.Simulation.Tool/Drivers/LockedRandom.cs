namespace Deterministic.Simulation.Tool;

/// <summary>A thread-safe seeded <see cref="Random"/>: which thread draws which number depends on their order.</summary>
internal sealed class LockedRandom(ulong seed) : Random
{
    private readonly object _gate = new();
    private readonly Random _inner = new(unchecked((int)seed ^ (int)(seed >> 32)));

    public override int Next() => Draw(static random => random.Next());

    public override int Next(int maxValue) => Draw(random => random.Next(maxValue));

    public override int Next(int minValue, int maxValue) => Draw(random => random.Next(minValue, maxValue));

    public override long NextInt64() => Draw(static random => random.NextInt64());

    public override long NextInt64(long maxValue) => Draw(random => random.NextInt64(maxValue));

    public override long NextInt64(long minValue, long maxValue) =>
        Draw(random => random.NextInt64(minValue, maxValue));

    public override float NextSingle() => Draw(static random => random.NextSingle());

    public override double NextDouble() => Draw(static random => random.NextDouble());

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    public override void NextBytes(Span<byte> buffer)
    {
        lock (_gate)
        {
            _inner.NextBytes(buffer);
        }
    }

    protected override double Sample() => NextDouble();

    private T Draw<T>(Func<Random, T> draw)
    {
        lock (_gate)
        {
            return draw(_inner);
        }
    }
}
