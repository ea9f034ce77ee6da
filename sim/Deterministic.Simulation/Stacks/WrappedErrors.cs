using System.Globalization;

namespace Deterministic.Simulation.Stacks;

/// <summary>What the platform's aggregates of exceptions hold: they say nothing themselves, so a report names what is inside.</summary>
internal static class WrappedErrors
{
    /// <summary>The exceptions in an aggregate, and in the aggregates in it; the exception itself if it is no aggregate, or one with a message of its own.</summary>
    /// <returns>At least one.</returns>
    public static IReadOnlyList<Exception> In(Exception error) =>
        error is AggregateException several && SaysNothing(several)
            ? [.. several.InnerExceptions.SelectMany(In)]
            : [error];

    /// <summary>Type and message of the first exception in it, and how many more there are.</summary>
    public static string Describe(Exception error)
    {
        IReadOnlyList<Exception> all = In(error);
        string more = all.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {all.Count - 1} more)");
        return $"{all[0].GetType().Name}: {all[0].Message}{more}";
    }

    private static bool SaysNothing(AggregateException error) =>
        error.InnerExceptions.Count > 0
        && string.Equals(
            error.Message,
            new AggregateException(error.InnerExceptions).Message,
            StringComparison.Ordinal
        );
}
