namespace Deterministic.Simulation;

/// <summary>One simulated world: its hosts and the network between them, its time, its tape and its trace. For one thread.</summary>
/// <remarks>
/// Start here to use the simulated network in a test of your own: make a world, take its hosts as <see cref="Streams.INetwork"/>, and
/// <see cref="Run"/> a program. <see cref="SimulationRunner"/> does so for scenarios, seeds and tapes.
/// </remarks>
public sealed class SimulatedWorld
{
    /// <summary>A world in which nothing has happened yet.</summary>
    /// <param name="choices">Where its decisions come from.</param>
    /// <param name="faults">How its network behaves; <see cref="FaultProfiles.Calm"/> if null.</param>
    /// <param name="keepTrace">Whether the trace keeps its events, not just their hash.</param>
    public SimulatedWorld(ChoiceSource choices, FaultProfile? faults = null, bool keepTrace = false)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Choices = choices;
        Faults = faults ?? FaultProfiles.Calm;
        TcpOptions = TcpOptions.Default with
        {
            ReceiveBufferBytes = Faults.WindowBytes,
            SendBufferBytes = Faults.WindowBytes,
        };
        Trace = new Trace(keepTrace);
        Scheduler = new SimulationScheduler(choices);
        Network = new SimulatedNetwork(this);
        TimeProvider = new VirtualTimeProvider(Scheduler);
        Random = new TapeRandom(Scheduler);
    }

    /// <summary>A world whose decisions are drawn from a seed.</summary>
    /// <param name="seed">The same seed makes the same world, in every process and on every machine.</param>
    /// <param name="faults">How its network behaves; <see cref="FaultProfiles.Calm"/> if null.</param>
    /// <param name="keepTrace">Whether the trace keeps its events, not just their hash.</param>
    public SimulatedWorld(ulong seed, FaultProfile? faults = null, bool keepTrace = false)
        : this(new ChoiceSource(new RandomStrategy(seed)), faults, keepTrace) { }

    /// <summary>Where every decision comes from.</summary>
    public ChoiceSource Choices { get; }

    /// <summary>How the network behaves.</summary>
    public FaultProfile Faults { get; }

    /// <summary>How the hosts' TCP is set.</summary>
    public TcpOptions TcpOptions { get; }

    /// <summary>What happened.</summary>
    public Trace Trace { get; }

    /// <summary>The one thread of this world.</summary>
    public SimulationScheduler Scheduler { get; }

    /// <summary>Virtual time.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Randomness for the program under test, drawn from the tape.</summary>
    public TapeRandom Random { get; }

    internal SimulatedNetwork Network { get; }

    /// <summary>The host of that name, made when first asked for.</summary>
    /// <param name="name">Its name on the network; case does not matter.</param>
    public SimulatedHost Host(string name) => Network.Host(name);

    /// <summary>The link from one host to another, in that direction alone.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it leads.</param>
    public SimulatedLink Link(SimulatedHost from, SimulatedHost to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return Network.Link(from, to);
    }

    /// <summary>Runs a program in this world until it ends.</summary>
    /// <param name="program">Starts it; its continuations run on the simulator's thread.</param>
    /// <param name="limits">Where to give up; <see cref="RunLimits.Default"/> if null.</param>
    /// <returns>How it ended: what the program throws is in the result.</returns>
    public RunResult Run(Func<Task> program, RunLimits? limits = null) => Scheduler.Run(program, limits);

    /// <summary>The decisions of this world so far, to be made again in another one.</summary>
    public ChoiceSource Replayed() => new(new ReplayStrategy(RunTape.Record("again", seed: 0, this, finding: null)));
}
