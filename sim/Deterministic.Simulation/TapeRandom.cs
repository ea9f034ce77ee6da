#pragma warning disable RS0030 // System.Random as the base class only: programs are used to asking it. All it gives comes from the tape.
using System.Buffers.Binary;
using Deterministic.Exploration;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation;

/// <summary>
/// The random source for the program under test: a <see cref="Random"/> whose every draw is a choice of the kind
/// <see cref="ChoiceKind.Random"/>, so it is recorded, replayed and shrunk like all else. Only for the simulator's thread.
/// </summary>
/// <remarks>Choice 0 is the smallest value in every method. Each throws <see cref="SimulationEscapeException"/> on a foreign thread.</remarks>
public sealed class TapeRandom : Random
{
    /// <summary>Up to here each byte is a choice of its own and shrinks alone; a longer fill is one choice, spread by a generator.</summary>
    private const int BytesDrawnOneByOne = 16;

    private const int DigitBits = 24;

    private readonly SimulationScheduler _scheduler;

    /// <summary>A random source over the scheduler's choices.</summary>
    /// <param name="scheduler">Its <see cref="SimulationScheduler.Choices"/> are drawn from.</param>
    public TapeRandom(SimulationScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        _scheduler = scheduler;
    }

    /// <inheritdoc/>
    public override int Next() => Draw(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return Draw(Math.Max(maxValue, 1));
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + DrawBelow((ulong)((long)maxValue - minValue)));
    }

    /// <inheritdoc/>
    public override long NextInt64() => DrawBelow(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return DrawBelow((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked(minValue + DrawBelow((ulong)(maxValue - minValue)));
    }

    /// <inheritdoc/>
    public override float NextSingle() => Draw(1 << DigitBits) * (1f / (1 << DigitBits));

    /// <inheritdoc/>
    public override double NextDouble() => Sample();

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        if (buffer.Length <= BytesDrawnOneByOne)
        {
            foreach (ref var b in buffer)
            {
                b = (byte)Draw(256);
            }

            return;
        }

        var spread = new Xoshiro256((ulong)Draw(int.MaxValue));
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (var rest = buffer; rest.Length > 0; )
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, spread.Next());
            var length = Math.Min(word.Length, rest.Length);
            word[..length].CopyTo(rest);
            rest = rest[length..];
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => (((long)Draw(1 << 27) << 26) + Draw(1 << 26)) * (1.0 / (1L << 53));

    private long DrawBelow(ulong bound)
    {
        if (bound <= int.MaxValue)
        {
            return Draw(Math.Max((int)bound, 1));
        }

        // 96 bits scaled down: no loop that an odd strategy could keep spinning, and a bias below 2^-32.
        UInt128 digits = 0;
        for (var i = 0; i < 4; i++)
        {
            digits = (digits << DigitBits) | (uint)Draw(1 << DigitBits);
        }

        return unchecked((long)(ulong)MultiplyHigh96(digits, bound));
    }

    /// <summary>(<paramref name="digits"/> × <paramref name="bound"/>) / 2^96, for digits below 2^96, without leaving 128 bits.</summary>
    private static UInt128 MultiplyHigh96(UInt128 digits, ulong bound)
    {
        var high = (digits >> 48) * bound;
        var low = (digits & 0xffff_ffff_ffff) * bound;
        return (high + (low >> 48)) >> 48;
    }

    private int Draw(int alternatives)
    {
        _scheduler.VerifyAccess(nameof(TapeRandom));
        return _scheduler.Choices.Choose(ChoiceKind.Random, alternatives);
    }
}
