using System.Runtime.InteropServices;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>One thing that happened in a simulated world.</summary>
/// <param name="Time">When, in virtual time since the start of the simulation.</param>
/// <param name="Host">Where.</param>
/// <param name="Connection">Which connection, by the number that the simulation gave it; 0 where it concerns none.</param>
/// <param name="Kind">What.</param>
/// <param name="Number">The number that goes with it; its meaning is in <see cref="TraceKind"/>. 0 where there is none.</param>
/// <param name="Text">The text that goes with it; empty where there is none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TraceEvent(
    TimeSpan Time,
    string Host,
    long Connection,
    TraceKind Kind,
    long Number,
    string Text
);
