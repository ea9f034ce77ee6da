using System.Net;
using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Disruptions;
using Deterministic.Simulation.Hosts;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Waiting;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>One simulated world: its hosts and the network between them, its time, its tape and its trace. For one thread.</summary>
/// <remarks>
/// Start here to use the simulated network in a test of your own: make a world, take its hosts as <see cref="INetwork"/>, and
/// <see cref="Run"/> a program. <see cref="SimulationRunner"/> does so for scenarios, seeds and tapes.
/// </remarks>
public sealed partial class SimulatedWorld : ScenarioWorld
{
    private readonly Dictionary<NetworkLink, SimulatedLink> _links = [];

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
        Scheduler = new SimulationScheduler(choices)
        {
            CountEvents = () => Trace.Count,
            Inspector = RunInspector.Instance,
        };
        Context = new WorldContext(Scheduler, Trace, Faults, TcpOptions)
        {
            Violate = Violate,
            ReportUnhandled = ReportUnhandled,
        };
        Network = new SimulatedNetwork(Context, name => new SimulatedHost(this, name));
        Disruptions = new DisruptionScheduler(Context, Network);
        Network.HostAdded = Disruptions.HostAdded;
        Scheduler.AwaitsBackground = () => Network.Hosts.Any(static host => host.Tcp.HasSilentPeer);
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

    /// <summary>Where its packets are written from now on; null, the default, for nowhere.</summary>
    public PacketCapture? Capture
    {
        get;
        set
        {
            field = value;
            Network.Observer = value;
        }
    }

    /// <summary>The one thread of this world.</summary>
    public SimulationScheduler Scheduler { get; }

    /// <summary>Virtual time.</summary>
    public override TimeProvider TimeProvider { get; }

    /// <summary>Randomness for the program under test, drawn from the tape.</summary>
    public override TapeRandom Random { get; }

    /// <summary>
    /// How many bytes a connection may hold that the program has written and the network has not taken, before that counts as unbounded: <see cref="BuiltInProperties.MemoryBounded"/>.
    /// 16 MiB, many times any watermark and any message.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long MaxUnsentBytes
    {
        get => Context.MaxUnsentBytes;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Context.MaxUnsentBytes = value;
        }
    }

    /// <summary>What its parts share.</summary>
    internal WorldContext Context { get; }

    internal SimulatedNetwork Network { get; }

    internal FaultInjector Injector => Context.Injector;

    internal DisruptionScheduler Disruptions { get; }

    /// <summary>The host of that name, made when first asked for.</summary>
    /// <param name="name">Its name on the network; case does not matter, nor does a dot at its end.</param>
    /// <exception cref="ArgumentException">It is no name (clause C-OPEN-13), or one that has a meaning already, such as <c>localhost</c>.</exception>
    public override SimulatedHost Host(string name) => (SimulatedHost)Network.Host(name);

    /// <summary>The host's name, which every host of the world knows.</summary>
    /// <param name="host">The host's name.</param>
    public override string HostAddress(string host) => host;

    /// <inheritdoc/>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public override void StartHost(string name, Func<INetwork, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Host(name).Start(program);
    }

    /// <summary>Gives a name to addresses, in the order in which they are to be tried. A name that is known already, such as that of a host, stands for these from now on.</summary>
    /// <param name="name">Case does not matter.</param>
    /// <param name="addresses">At least one. That a host has them is not asked: a name may lead nowhere.</param>
    /// <exception cref="ArgumentException">It is no name (clause C-OPEN-13), or one that has a meaning already, such as <c>localhost</c>; or there is no address.</exception>
    public void AddName(string name, params IReadOnlyList<IPAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        Scheduler.VerifyAccess("Naming in the simulation");
        Network.Names.Give(name, addresses);
    }

    /// <summary>The link from one host to another, in that direction alone.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it leads.</param>
    public SimulatedLink Link(SimulatedHost from, SimulatedHost to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        NetworkLink link = Network.Link(from, to);
        if (!_links.TryGetValue(link, out SimulatedLink? known))
        {
            known = new SimulatedLink(link, Scheduler, from, to);
            _links.Add(link, known);
        }

        return known;
    }

    /// <summary>
    /// From here on no fault of the profile strikes, and those that last are over: links that faults have blocked are open again, lines are as fast as they were, windows
    /// that were shut open. What is lost stays lost, such as a connection that was silently dropped; what is under way arrives when it would have; and a connection keeps
    /// the receive buffer that it was made with. Hosts that a fault has crashed start again, those that it has paused continue, throttles and
    /// drifts end; clocks that were set stay as they are. What the program itself asked of links stays as it is.
    /// </summary>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public override void StopFaults()
    {
        Scheduler.VerifyAccess("Stopping the faults of the simulation");
        Trace.Record(Scheduler.Now, DisruptionScheduler.Owner, 0, TraceKind.Healed, text: "all faults");
        Injector.Stop();
        Disruptions.Stop();
        foreach (IHost host in Network.Hosts)
        {
            host.Tcp.StopFaults();
        }
    }

    /// <summary>The decisions of this world so far, to be made again in another one, which has the same <see cref="Seed"/>.</summary>
    public ChoiceSource Replayed() => new(new ReplayStrategy(RunTape.Record("again", Seed ?? 0, this, finding: null)));
}
