using System.Numerics;

namespace Deterministic.Exploration;

/// <summary>
/// The generator xoshiro256** of Blackman and Vigna, seeded through splitmix64: implemented here, so that a seed always gives the same
/// numbers, on every machine and every version of .NET. Not thread-safe; not for secrets.
/// </summary>
public sealed class Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>A generator whose numbers depend on the seed only.</summary>
    /// <param name="seed">Any value: splitmix64 mixes it, so neighbouring seeds are unrelated and 0 is valid.</param>
    public Xoshiro256(ulong seed)
    {
        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 to <paramref name="bound"/> − 1, each with exactly the same probability.</summary>
    /// <remarks>
    /// Lemire's multiplication over the upper 32 bits: the product's high half is the number, and the few low halves that would
    /// make some numbers more likely are drawn again. Part of the meaning of a seed, so it must never change.
    /// </remarks>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (uint)bound;
        var product = (Next() >> 32) * range;
        if ((uint)product < range)
        {
            var unfair = (0u - range) % range;
            while ((uint)product < unfair)
            {
                product = (Next() >> 32) * range;
            }
        }

        return (int)(product >> 32);
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
