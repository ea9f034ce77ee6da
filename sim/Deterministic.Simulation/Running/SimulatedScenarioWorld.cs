using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A scenario's view of a simulated world.</summary>
internal sealed class SimulatedScenarioWorld(SimulatedWorld world) : ScenarioWorld
{
    /// <summary>What it is a view of.</summary>
    public SimulatedWorld World => world;

    /// <summary>The first property found not to hold; later ones may be its consequences.</summary>
    public Finding? Finding { get; private set; }

    /// <summary>What must happen in some run, and whether it did in this one.</summary>
    public Sightings Sightings { get; } = new();

    public override TimeProvider TimeProvider => world.TimeProvider;

    public override Random Random => world.Random;

    public override INetwork Host(string name) => world.Host(name);

    public override string HostAddress(string host) => host;

    public override void StartHost(string name, Func<INetwork, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        world.Host(name).Start(program);
    }

    public override void Note(string text) =>
        world.Trace.Record(world.Scheduler.Now, "main", 0, TraceKind.Note, text: text);

    public override void StopFaults() => world.StopFaults();

    protected override void Sight(string name, bool seen) => Sightings.Add(name, seen);

    protected override void Report(string name, string detail)
    {
        world.Trace.Record(world.Scheduler.Now, "main", 0, TraceKind.Violation, text: name);
        Finding ??= new Finding(name, world.Scheduler.Now, detail);
    }
}
