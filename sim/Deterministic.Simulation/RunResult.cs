using System.Globalization;
using Deterministic.Faults;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation;

/// <summary>How a run ended.</summary>
/// <param name="Outcome">Why it stopped.</param>
/// <param name="Steps">How many items ran in it.</param>
/// <param name="Now">The virtual time at its end, since the start of the simulation.</param>
/// <param name="Exception">What went wrong, for the outcomes that have an exception.</param>
/// <param name="Owner">Who ran when <paramref name="Exception"/> escaped from a callback; otherwise null.</param>
public sealed partial record RunResult(
    RunOutcome Outcome,
    long Steps,
    TimeSpan Now,
    Exception? Exception = null,
    string? Owner = null
)
{
    /// <summary>Who waits for what, after a deadlock or at a limit, if <see cref="RunLimits.ExplainWaits"/> asks for it; else empty.</summary>
    public IReadOnlyList<Waiter> Waiters { get; init; } = [];

    /// <summary>What did not hold, with where and when; null if all held, and for a run of a <see cref="SimulationScheduler"/> without a world.</summary>
    public Finding? Finding { get; init; }

    /// <summary>The seed of the world, or of the tape that it replays; null if no seed made its decisions, and for a run without a world.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The faults of the world; null for a run without one.</summary>
    public FaultProfile? Faults { get; init; }

    /// <summary>Does nothing for <see cref="RunOutcome.Completed"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// Any other outcome. The message says all that is known: what failed and where, when and on which host, seed and faults, who waits for what, and how to run it again. The cause, if
    /// there is one, is inside with its stack.
    /// </exception>
    public void ThrowIfNotCompleted()
    {
        if (Outcome != RunOutcome.Completed)
        {
            throw new InvalidOperationException(FailureMessage(this), Exception);
        }
    }

    /// <summary>The result in one line.</summary>
    public override string ToString()
    {
        var who = Owner is null ? "" : $" in {Owner}";
        var cause = Exception is null ? "" : $": {Exception.GetType().Name}: {Exception.Message}";
        return string.Create(CultureInfo.InvariantCulture, $"{Outcome} after {Steps} steps at {Now:c}{who}{cause}");
    }
}
