using System.Runtime.InteropServices;

namespace Deterministic.Simulation;

/// <summary>An opportunity for a fault: what is about to happen, and between whom.</summary>
/// <param name="From">Who sends, or asks.</param>
/// <param name="To">Whom.</param>
/// <param name="Connection">The number of the connection; 0 for none.</param>
/// <param name="Before">Bytes that this direction of the connection has carried so far.</param>
/// <param name="Count">Bytes that come on top now.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InjectionPoint(
    string From,
    string To,
    long Connection = 0,
    long Before = 0,
    int Count = 0
)
{
    /// <summary>Between two hosts of a simulated world.</summary>
    public InjectionPoint(SimulatedHost from, SimulatedHost to, long connection = 0, long before = 0, int count = 0)
        : this(from.Name, to.Name, connection, before, count) { }
}
