using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>What a scenario is handed: hosts, time, randomness, and where to say what must hold.</summary>
public abstract class ScenarioWorld
{
    /// <summary>The longest pause between two looks at a condition that must come true.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

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

    /// <summary>States what must hold here in at least one of many runs, such as that a buffer is full. If it holds in none, that is a finding about all of them.</summary>
    /// <param name="condition">What must hold sometimes.</param>
    /// <param name="property">Its name, the same in every run.</param>
    public void Sometimes(bool condition, string property)
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        Sight(property, condition);
    }

    /// <summary>States that this line is reached in at least one of many runs. To be missed it must be in <see cref="Scenario.Reachable"/>.</summary>
    /// <param name="property">Its name, the same in every run.</param>
    public void Reachable(string property) => Sometimes(condition: true, property);

    /// <summary>
    /// States what must come true once nothing disturbs it any more: the faults stop here, for the rest of the run, and within a bound the condition must hold. If it does not, that is a
    /// finding. Where faults are not the world's to stop, only the bound counts.
    /// </summary>
    /// <param name="condition">What must come true; asked again and again, and free of effects.</param>
    /// <param name="property">Its name, the same in every run.</param>
    /// <param name="within">How long it may take.</param>
    /// <param name="detail">What is wrong if it takes longer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> is not positive.</exception>
    public async Task EventuallyAsync(Func<bool> condition, string property, TimeSpan within, string detail)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(property);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(within, TimeSpan.Zero);
        StopFaults();
        long start = TimeProvider.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(1);
        while (!condition())
        {
            TimeSpan left = within - TimeProvider.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                Report(property, $"{detail} (not within {within:c} after the faults had stopped)");
                return;
            }

            // In the program's context: the condition is the program's.
            await Task.Delay(pause < left ? pause : left, TimeProvider).ConfigureAwait(true);
            pause = pause < LongestPause ? 2 * pause : LongestPause;
        }
    }

    /// <summary>From here on no fault strikes, and those that last are over. Nothing where faults are not the world's to stop.</summary>
    public virtual void StopFaults() { }

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

    /// <summary>Takes down whether what must happen sometimes happened now.</summary>
    /// <param name="name">Which.</param>
    /// <param name="seen">Whether it did.</param>
    protected abstract void Sight(string name, bool seen);
}
