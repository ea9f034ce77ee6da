using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>What a scenario is handed: hosts, time, randomness, and where to say what must hold.</summary>
public abstract class ScenarioWorld
{
    /// <summary>Time: virtual in a simulation.</summary>
    public abstract TimeProvider TimeProvider { get; }

    /// <summary>Randomness: from the tape in a simulation.</summary>
    public abstract Random Random { get; }

    /// <summary>The host of that name, made when first asked for.</summary>
    /// <param name="name">Its name.</param>
    public abstract INetwork Host(string name);

    /// <summary>The name or address at which a host is reached, to bind and to connect to.</summary>
    /// <param name="host">The host's name.</param>
    public abstract string HostAddress(string host);

    /// <summary>
    /// Runs a program as the host's own. In a simulation it is the host's in every way: it can be crashed, started anew, and paused. What it throws is a finding. The scenario may end before it does.
    /// </summary>
    /// <param name="name">The host's name.</param>
    /// <param name="program">Gets the host. Called again each time that the host comes up after a crash.</param>
    /// <exception cref="InvalidOperationException">A program runs there already.</exception>
    public abstract void StartHost(string name, Func<INetwork, Task> program);

    /// <summary>Puts a word into the trace.</summary>
    /// <param name="text">The word.</param>
    public abstract void Note(string text);

    /// <summary>States what must hold whenever this line is reached. If it does not, that is a finding, and the run stops soon after.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="property">Its name, the same in every run.</param>
    /// <param name="detail">What is wrong if it does not hold.</param>
    public void Always(bool condition, string property, string detail)
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        if (!condition)
        {
            Report(property, detail);
        }
    }

    /// <summary>Reports an exception that a server's handler did not catch: for <see cref="ServerOptions.OnError"/>.</summary>
    /// <param name="error">What was thrown.</param>
    public void ReportHandlerError(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Report(BuiltInProperties.NoHandlerError, $"{error.GetType().Name}: {error.Message}");
    }

    /// <summary>Takes down a finding.</summary>
    /// <param name="name">Which property does not hold.</param>
    /// <param name="detail">What is wrong.</param>
    protected abstract void Report(string name, string detail);
}
