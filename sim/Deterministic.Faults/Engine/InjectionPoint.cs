using System.Runtime.InteropServices;
using Deterministic.Streams;

namespace Deterministic.Faults.Engine;

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
);
