namespace Deterministic.Simulation;

/// <summary>What the end of a run says about the <see cref="BuiltInProperties"/>.</summary>
public static class RunVerdict
{
    /// <summary>The built-in property that did not hold, or null.</summary>
    /// <param name="result">How the run ended.</param>
    /// <param name="error">What the program threw, or what stopped the run; null if neither.</param>
    public static Finding? Of(RunResult result, Exception? error)
    {
        ArgumentNullException.ThrowIfNull(result);
        error = SimulatorErrors.Classify(error);
        return result.Outcome switch
        {
            _ when error is SimulatorException => new(BuiltInProperties.SimulatorError, result.Now, error.Message),
            _ when error is PropertyViolatedException violated => violated.Finding,
            RunOutcome.Completed when error is null => null,
            RunOutcome.Deadlocked => new(
                BuiltInProperties.NoDeadlock,
                result.Now,
                "The program has not ended, yet nothing can run and no timer is pending: somebody waits for what will never come."
            ),
            RunOutcome.StepLimitReached => new(
                BuiltInProperties.NoLivelock,
                result.Now,
                $"No end after {result.Steps} steps."
            ),
            RunOutcome.TimeLimitReached => new(
                BuiltInProperties.EndsInTime,
                result.Now,
                $"No end after {result.Now:c} of virtual time."
            ),
            RunOutcome.Escaped => new(BuiltInProperties.NothingEscapes, result.Now, Message(error)),
            RunOutcome.Diverged => new(BuiltInProperties.TapeFits, result.Now, Message(error)),
            _ => new(
                BuiltInProperties.NoException,
                result.Now,
                $"{Where(result.Owner)}{error?.GetType().Name}: {Message(error)}"
            ),
        };
    }

    /// <summary>The built-in property that did not hold, and when: what was thrown counts from where it was thrown, not from where the program has cleaned up.</summary>
    internal static Finding? Of(RunResult result, Exception? error, SimulatedWorld world) =>
        Of(result, error) is { } finding ? finding with { Time = FailurePoint.Of(world, finding, error).Time } : null;

    /// <summary>Whether making the run again with <see cref="RunLimits.ExplainWaits"/> tells more about a finding.</summary>
    /// <param name="finding">What did not hold.</param>
    public static bool IsAboutWaiting(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Property
            is BuiltInProperties.NoDeadlock
                or BuiltInProperties.NoLivelock
                or BuiltInProperties.EndsInTime;
    }

    /// <summary>A finding with the waiters of a second run, or why there are none.</summary>
    /// <param name="finding">What did not hold in the first run.</param>
    /// <param name="first">The hash of the trace of the first run.</param>
    /// <param name="second">That of the second run, which was to be the same.</param>
    /// <param name="waiters">Who waited in the second run.</param>
    public static Finding Explained(Finding finding, ulong first, ulong second, IReadOnlyList<Waiter> waiters)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return first == second
            ? finding with
            {
                Waiters = waiters,
            }
            : finding with
            {
                Detail =
                    $"{finding.Detail} Who waits for what is not known: the same decisions made another run, so the program is not deterministic.",
            };
    }

    /// <summary>The scenario's own failures need no name.</summary>
    private static string Where(string? owner) =>
        owner is null || string.Equals(owner, "main", StringComparison.Ordinal) ? "" : $"{owner}: ";

    private static string Message(Exception? error) => error?.Message ?? "Nothing is known of the cause.";
}
