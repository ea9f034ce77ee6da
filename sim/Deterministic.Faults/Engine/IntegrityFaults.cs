using Deterministic.Exploration;

namespace Deterministic.Faults.Engine;

/// <summary>Faults of integrity: bytes are lost or changed within a stream that goes on, as where a checksum did not catch it. TCP carries what is left of them.</summary>
internal static class IntegrityFaults
{
    /// <summary>What becomes of bytes that are sent.</summary>
    /// <param name="injector">Asked for what strikes.</param>
    /// <param name="data">What was sent; at least one byte.</param>
    /// <param name="site">The same bytes, as an opportunity.</param>
    /// <returns>What goes out in their place: the very same memory if nothing strikes, no byte if all are cut off.</returns>
    public static ReadOnlySpan<byte> Damage(
        FaultInjector injector,
        ReadOnlySpan<byte> data,
        scoped in InjectionPoint site
    )
    {
        if (injector.StrikeAndNote(FaultKind.Truncation, site) is not null)
        {
            data = data[..(data.Length - 1 - injector.Choices.Choose(ChoiceKind.Fault, data.Length))];
        }

        if (data.IsEmpty || injector.StrikeAndNote(FaultKind.BitFlip, site) is null)
        {
            return data;
        }

        byte[] flipped = data.ToArray();
        int bit = injector.Choices.Choose(ChoiceKind.Fault, Math.Min(data.Length, int.MaxValue / 8) * 8);
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
