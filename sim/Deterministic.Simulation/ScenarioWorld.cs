using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A world that programs run in, whichever it is: hosts, time, randomness, and where to state what must hold.</summary>
/// <remarks>
/// A <see cref="SimulatedWorld"/> is one, and has more members: links, partitions, crashes, clocks. What runs on real sockets too keeps to these; a scenario that needs the others
/// derives from <see cref="SimulatedScenario"/>.
/// </remarks>
public abstract partial class ScenarioWorld
{
    /// <summary>Time: virtual in a simulation.</summary>
    public abstract TimeProvider TimeProvider { get; }

    /// <summary>Randomness: from the tape in a simulation.</summary>
    public abstract Random Random { get; }

    /// <summary>The time that has passed since the start of this world.</summary>
    protected abstract TimeSpan Elapsed { get; }

    /// <summary>The name of the host whose program calls; <c>main</c> for the scenario's own code.</summary>
    protected abstract string CallingHost { get; }

    /// <summary>The host of that name, made when first asked for.</summary>
    /// <param name="name">Its name.</param>
    public abstract INetwork Host(string name);

    /// <summary>The name or address at which a host is reached, to bind and to connect to.</summary>
    /// <param name="host">The host's name.</param>
    public abstract string HostAddress(string host);

    /// <summary>
    /// Runs a program as the host's own. In a simulation it can be crashed, started again, and paused. What it throws is a finding. The scenario may end before it does.
    /// </summary>
    /// <remarks>
    /// Nothing but what is meant to survive a crash may reach the program from outside: an object that its delegate captures is not wiped out by a crash, and no check can find that. Pass such
    /// state as a disk, see <see cref="StartHost{TDisk}"/>.
    /// </remarks>
    /// <param name="name">The host's name.</param>
    /// <param name="program">Gets the host. Called again each time that the host comes up after a crash.</param>
    /// <exception cref="InvalidOperationException">A program runs there already.</exception>
    public abstract void StartHost(string name, Func<INetwork, Task> program);

    /// <summary>As <see cref="StartHost(string, Func{INetwork, Task})"/>, with what survives a crash: a disk, say.</summary>
    /// <remarks>Write the program as a static method or a static lambda: then the compiler refuses whatever else it would take along.</remarks>
    /// <typeparam name="TDisk">What survives.</typeparam>
    /// <param name="name">The host's name.</param>
    /// <param name="program">Gets the host and the disk. Called again each time that the host comes up after a crash, with the same disk, as the last run left it.</param>
    /// <param name="disk">Handed to each run of the program.</param>
    /// <exception cref="InvalidOperationException">A program runs there already.</exception>
    public void StartHost<TDisk>(string name, Func<INetwork, TDisk, Task> program, TDisk disk)
    {
        ArgumentNullException.ThrowIfNull(program);
        StartHost(name, network => program(network, disk));
    }

    /// <summary>Adds a note to the trace, under the name of the host whose program calls.</summary>
    /// <param name="text">The note.</param>
    public abstract void Note(string text);

    /// <summary>From here on no fault strikes, and those that last are over. Nothing where faults are not the world's to stop.</summary>
    public virtual void StopFaults() { }

    /// <summary>
    /// Whether something other than the two programs has ended a connection, or may have: a fault that resets it, ends it early or cuts it off in silence has struck it, the host at one end has
    /// crashed, or TCP has given it up because the peer acknowledged nothing. What such a connection did not deliver is not the program's failure.
    /// </summary>
    /// <remarks>
    /// Both ends answer alike. Faults that only delay, and a partition that is over before TCP gives up, do not count. On real sockets what a <see cref="FaultyNetwork"/> has injected is known,
    /// and nothing else.
    /// </remarks>
    /// <param name="connection">A connection of this world, open or closed.</param>
    public bool WasEndedByFault(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return WasEndedByFault(connection.Writer);
    }

    /// <summary>As <see cref="WasEndedByFault(Connection)"/>, for a handler that has only the writer.</summary>
    /// <param name="writer">Of a connection of this world, open or closed.</param>
    public virtual bool WasEndedByFault(AsyncStreamWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return writer.GetExtraInfo(FaultInfo.EndedByFault) is true;
    }
}
