using System.Runtime.InteropServices;

namespace Deterministic.Simulation.Tool;

/// <summary>Seeds one after the other.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeedRange(ulong First, int Count)
{
    public override string ToString() => Count == 1 ? $"seed {First}" : $"seeds {First} to {First + (ulong)Count - 1}";
}
