using System.Globalization;

namespace Deterministic.Simulation;

/// <summary>How a run ended.</summary>
/// <param name="Outcome">Why it stopped.</param>
/// <param name="Steps">How many items ran in it.</param>
/// <param name="Now">The virtual time at its end, since the start of the simulation.</param>
/// <param name="Exception">What went wrong, for the outcomes that have an exception.</param>
/// <param name="Owner">Who ran when <paramref name="Exception"/> escaped from a callback; otherwise null.</param>
public sealed record RunResult(
    RunOutcome Outcome,
    long Steps,
    TimeSpan Now,
    Exception? Exception = null,
    string? Owner = null
)
{
    /// <summary>Who waits for what, after a deadlock or at a limit, if <see cref="RunLimits.ExplainWaits"/> asks for it; else empty.</summary>
    public IReadOnlyList<Waiter> Waiters { get; init; } = [];

    /// <summary>Does nothing for <see cref="RunOutcome.Completed"/>.</summary>
    /// <exception cref="InvalidOperationException">Any other outcome; the cause, if there is one, is inside.</exception>
    public void ThrowIfNotCompleted()
    {
        if (Outcome != RunOutcome.Completed)
        {
            throw new InvalidOperationException(ToString(), Exception);
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
