using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>A context that connections over streams and pipes take, as they take a simulator's.</summary>
internal sealed class SimulatorContext : QueueContext, ISimulationContext
{
    public TimeProvider TimeProvider => TimeProvider.System;
}
