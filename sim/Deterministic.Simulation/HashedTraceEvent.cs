using System.Runtime.InteropServices;

namespace Deterministic.Simulation;

/// <summary>A kept event, and the trace's hash once it had happened.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Hash">
/// The hash of the trace up to and including this event. Where two traces have the same event and part here, the bytes that it carried differ: they are
/// hashed and not kept.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HashedTraceEvent(TraceEvent Event, ulong Hash);
