using Deterministic.Exploration;

namespace Deterministic.Faults.Engine;

/// <summary>Faults of integrity: bytes are lost or changed within a stream that goes on, as where a checksum has failed to tell. What is left of them is what TCP carries.</summary>
internal static class IntegrityFaults
{
    /// <summary>What becomes of bytes that set out.</summary>
    /// <param name="injector">Asked for what strikes.</param>
    /// <param name="data">What was sent; at least one byte.</param>
    /// <param name="site">The same bytes, as an opportunity.</param>
    /// <param name="isDamaged">Whether something has struck.</param>
    /// <returns>What sets out in their place: the very bytes if nothing strikes, none if all are cut off.</returns>
    public static ReadOnlySpan<byte> Damage(
        FaultInjector injector,
        ReadOnlySpan<byte> data,
        scoped in InjectionPoint site,
        out bool isDamaged
    )
    {
        isDamaged = injector.StrikeAndNote(FaultKind.Truncation, site) is not null;
        if (isDamaged)
        {
            data = data[..(data.Length - 1 - injector.Choices.Choose(ChoiceKind.Fault, data.Length))];
        }

        if (data.IsEmpty || injector.StrikeAndNote(FaultKind.BitFlip, site) is null)
        {
            return data;
        }

        isDamaged = true;
        byte[] flipped = data.ToArray();
        int bit = injector.Choices.Choose(ChoiceKind.Fault, Math.Min(data.Length, int.MaxValue / 8) * 8);
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
