using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Engine;

namespace Deterministic.Simulation.Context;

/// <summary>A simulated world: what strikes is recorded in its trace.</summary>
internal sealed class WorldFaultEnvironment(WorldContext world) : IFaultEnvironment
{
    public TimeSpan Now => world.Scheduler.Now;

    public ChoiceSource Choices => world.Choices;

    public void Note(FaultRule rule, in InjectionPoint site, TimeSpan time)
    {
        world.Trace.Record(
            world.Scheduler.Now,
            site.To,
            site.Connection,
            TraceKind.Fault,
            (long)time.TotalMicroseconds,
            rule.Descriptor.Name
        );
        if (site.Connection != 0 && EndingFaults.Contains(rule.Kind))
        {
            world.Connections.EndedByFault(site.Connection);
        }
    }

    /// <summary>Nothing: <see cref="TraceKind.Sent"/> and <see cref="TraceKind.Read"/> say it, at the end of the connection that it concerns.</summary>
    public void NoteCut(FaultRule rule, in InjectionPoint site) { }
}
