using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Stacks;

namespace Deterministic.Simulation;

/// <summary>What a run has found.</summary>
public static class RunVerdict
{
    /// <summary>The property that did not hold, or null: what the run itself has found, else which of the <see cref="BuiltInProperties"/>.</summary>
    /// <param name="result">How the run ended.</param>
    /// <param name="error">What the program threw, or what stopped the run; null if neither.</param>
    public static Finding? Of(RunResult result, Exception? error)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (IsFound(result, error))
        {
            return result.Finding;
        }

        error = SimulatorErrors.Classify(error);
        return result.Outcome switch
        {
            _ when error is SimulatorException => Thrown(
                BuiltInProperties.SimulatorError,
                result,
                error.Message,
                error
            ),
            _ when error is PropertyViolatedException violated => violated.Finding,
            RunOutcome.Completed when error is null => null,
            RunOutcome.Deadlocked => DoesNotEnd(
                BuiltInProperties.NoDeadlock,
                result,
                "The program has not ended, yet nothing can run and no timer is pending: somebody waits for what will never come."
            ),
            RunOutcome.StepLimitReached => DoesNotEnd(
                BuiltInProperties.NoLivelock,
                result,
                $"No end after {result.Steps} steps."
            ),
            RunOutcome.TimeLimitReached => DoesNotEnd(
                BuiltInProperties.EndsInTime,
                result,
                $"No end after {result.Now:c} of virtual time."
            ),
            RunOutcome.Escaped => Thrown(BuiltInProperties.NothingEscapes, result, Message(error), error),
            RunOutcome.Diverged => Thrown(BuiltInProperties.TapeFits, result, Message(error), error),
            _ => Thrown(
                BuiltInProperties.NoException,
                result,
                $"{Where(result.Owner)}{(error is null ? Message(error) : WrappedErrors.Describe(error))}",
                error
            ),
        };
    }

    /// <summary>The built-in property that did not hold, and when: what was thrown counts from where it was thrown, not from where the program has cleaned up.</summary>
    internal static Finding? Of(RunResult result, Exception? error, SimulatedWorld world) =>
        Of(result, error) is { } finding ? finding with { Time = world.PointOf(finding, error).Time } : null;

    /// <summary>Whether making the run again with <see cref="RunLimits.ExplainWaits"/> says more about a finding.</summary>
    /// <param name="finding">What did not hold.</param>
    public static bool IsAboutWaiting(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.IsAboutWaiting;
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

    /// <summary>Whether the run's own finding counts. A task that failed unseen is left over where the program itself has failed, and of less interest.</summary>
    private static bool IsFound(RunResult result, Exception? error) =>
        result.Finding is { } found
        && (
            !string.Equals(found.Property, BuiltInProperties.NoUnobservedFailure, StringComparison.Ordinal)
            || error is null
            || ReferenceEquals(error, result.Exception)
        );

    private static Finding DoesNotEnd(string property, RunResult result, string detail) =>
        new(property, result.Now, detail) { IsAboutWaiting = true, Waiters = result.Waiters };

    private static Finding Thrown(string property, RunResult result, string detail, Exception? error) =>
        new(property, result.Now, detail)
        {
            Host = result.Owner ?? SimulatedWorld.MainHost,
            Error = error,
            Place = error is null ? null : WaitPlace.From(CodePlaces.Of(error)),
        };

    /// <summary>The scenario's own failures need no name.</summary>
    private static string Where(string? owner) =>
        owner is null || string.Equals(owner, SimulatedWorld.MainHost, StringComparison.Ordinal) ? "" : $"{owner}: ";

    private static string Message(Exception? error) => error?.Message ?? "Nothing is known of the cause.";
}
