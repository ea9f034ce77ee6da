namespace Deterministic.Simulation.Xunit;

/// <summary>What a run's outcome says about the built-in properties.</summary>
internal static class Verdict
{
    /// <summary>The property that did not hold, or null.</summary>
    /// <param name="result">How the run ended.</param>
    /// <param name="error">What the test threw, or what stopped the run; null if neither.</param>
    public static Finding? Of(RunResult result, Exception? error) =>
        result.Outcome switch
        {
            RunOutcome.Completed when error is null => null,
            RunOutcome.Deadlocked => new(
                BuiltInProperties.NoDeadlock,
                result.Now,
                "The test has not ended, yet nothing can run and no timer is pending: somebody waits for what will never come."
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
            RunOutcome.Escaped => new(BuiltInProperties.NothingEscapes, result.Now, error!.Message),
            RunOutcome.Diverged => new(BuiltInProperties.TapeFits, result.Now, error!.Message),
            _ => new(BuiltInProperties.NoException, result.Now, $"{error!.GetType().Name}: {error.Message}"),
        };
}
