using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Context;

/// <summary>What the parts of one simulated world share: its scheduler, its trace, its decisions and faults, and where what goes wrong is reported. The world itself is built on top of these parts.</summary>
internal sealed class WorldContext
{
    /// <summary>An empty world.</summary>
    /// <param name="scheduler">The scheduler of the world.</param>
    /// <param name="trace">Where events are recorded.</param>
    /// <param name="faults">The fault profile.</param>
    /// <param name="tcpOptions">The TCP options of new hosts.</param>
    public WorldContext(SimulationScheduler scheduler, Trace trace, FaultProfile faults, TcpOptions tcpOptions)
    {
        Scheduler = scheduler;
        Trace = trace;
        Faults = faults;
        TcpOptions = tcpOptions;
        Injector = new FaultInjector(new WorldFaultEnvironment(this), faults);
    }

    public SimulationScheduler Scheduler { get; }

    public Trace Trace { get; }

    public FaultProfile Faults { get; }

    public TcpOptions TcpOptions { get; }

    public FaultInjector Injector { get; }

    public ConnectionNumbers Connections { get; } = new();

    public ChoiceSource Choices => Scheduler.Choices;

    public TimeSpan Now => Scheduler.Now;

    /// <summary>How many bytes a connection may hold that the network has not taken.</summary>
    public long MaxUnsentBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Ends the run, since a property does not hold: the host, the property, and what is wrong.</summary>
    public required Action<string, string, string> Violate { get; init; }

    /// <summary>Reports what code of a program has thrown where nothing of it catches the exception: the exception, and the host.</summary>
    public required Action<Exception, string> ReportUnhandled { get; init; }

    /// <summary>Records an event now.</summary>
    public void Record(string host, long connection, TraceKind kind, long number = 0, string text = "") =>
        Trace.Record(Now, host, connection, kind, number, text);
}
