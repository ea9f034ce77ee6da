using System.Runtime.InteropServices;

namespace Deterministic.Simulation.Tool;

/// <summary>Consecutive seeds.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeedRange(ulong First, int Count)
{
    public override string ToString() => Count == 1 ? $"seed {First}" : $"seeds {First} to {First + (ulong)Count - 1}";
}
