using System.Globalization;
using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Stacks;
using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Reporting;

/// <summary>A failed run in lines: what failed, where in the program, and the events that led to it. Each is said once.</summary>
internal static class FailureText
{
    /// <summary>An assertion about long texts says more than one can read; its beginning is what matters.</summary>
    private const int MostMessageLines = 12;

    /// <summary>What failed, and where in the program, the innermost call first.</summary>
    /// <param name="finding">What did not hold.</param>
    /// <param name="cause">What was thrown, or null.</param>
    /// <param name="named">Whether to name a property of the program's own, which says nothing by its detail alone.</param>
    public static IEnumerable<string> What(Finding finding, Exception? cause, bool named)
    {
        if (cause is SimulatorException { InnerException: { } inner })
        {
            return Cut(finding.Detail)
                .Append("Please report it, with all of this text:")
                .Concat(ProgramFrames.OfAll(inner));
        }

        if (cause is null || !IsThrown(finding))
        {
            return Cut(
                named && IsOwn(finding.Property)
                    ? $"'{finding.Property}' does not hold: {finding.Detail}"
                    : finding.Detail
            );
        }

        IReadOnlyList<Exception> errors = WrappedErrors.In(cause);
        IEnumerable<string> first = Cut($"{errors[0].GetType().Name}: {errors[0].Message}")
            .Concat(CausesOf(errors[0]))
            .Concat(ProgramFrames.Of(errors[0]));
        return Uncaught(finding.Property, named)
            .Concat(first)
            .Concat(errors.Skip(1).Select(error => $"and afterwards {OneLineOf(error)}"));
    }

    /// <summary>What was thrown in full where <see cref="What"/> leaves some of it out; else null.</summary>
    public static string? InFull(Exception? cause) =>
        cause is not null && cause.Message.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Length > MostMessageLines
            ? cause.ToString()
            : null;

    /// <summary>The last events before something went wrong, and there, marked, that it did. What came later is left out.</summary>
    /// <param name="trace">With its events kept.</param>
    /// <param name="point">Where it went wrong.</param>
    /// <param name="most">How many lines to print at most.</param>
    public static IEnumerable<string> Events(Trace trace, FailurePoint point, int most)
    {
        int end = (int)Math.Min(point.Events, trace.Events.Count);
        bool isEvent = end < trace.Events.Count && IsFailure(trace.Events[end]);
        int first = Math.Max(0, end - most + 2);
        List<TraceEvent> shown = [.. trace.Events.Take(end).Skip(first)];
        shown.Add(isEvent ? trace.Events[end] : new TraceEvent(point.Time, point.Host, 0, TraceKind.Note, 0, ""));
        string[] lines = TraceText.Lines([.. shown]);
        yield return $"{Count(shown.Count - 1, end)} up to the failure:";
        foreach (string line in lines[..^1])
        {
            yield return $"  {line}";
        }

        string last = lines[^1];
        yield return isEvent
            ? $"> {last}"
            : $"> {last[..last.LastIndexOf("note", StringComparison.Ordinal)]}THE FAILURE";
    }

    /// <summary>Where an uncaught exception was thrown, if not in the code of the test or the scenario; null there, and for every other property.</summary>
    public static string? Uncaught(string property) =>
        property switch
        {
            BuiltInProperties.NoHandlerError => "A handler of a server threw",
            BuiltInProperties.NoUnobservedFailure => "A task failed, and nobody awaited it",
            _ => null,
        };

    private static IEnumerable<string> Uncaught(string property, bool named) =>
        Uncaught(property) is { } who ? [named ? $"{who} ({property}):" : $"{who}:"] : [];

    /// <summary>Whether a finding only says that something was thrown.</summary>
    private static bool IsThrown(Finding finding) =>
        finding.Property
            is BuiltInProperties.NoException
                or BuiltInProperties.NoHandlerError
                or BuiltInProperties.NoUnobservedFailure;

    /// <summary>Whether a property is the program's: the detail of a built-in one needs no name.</summary>
    private static bool IsOwn(string property) => !BuiltInProperties.All.Contains(property);

    private static string Count(int shown, int all) =>
        all == 0 ? "No event led"
        : all == 1 ? "The one event"
        : shown == all ? string.Create(CultureInfo.InvariantCulture, $"All {all} events")
        : string.Create(CultureInfo.InvariantCulture, $"The last {shown} of {all} events");

    private static bool IsFailure(in TraceEvent happened) => happened.Kind == TraceKind.Violation;

    private static IEnumerable<string> CausesOf(Exception error)
    {
        for (Exception? inner = error.InnerException; inner is not null; inner = inner.InnerException)
        {
            yield return $"caused by {OneLineOf(inner)}";
        }
    }

    private static string OneLineOf(Exception error) =>
        $"{error.GetType().Name}: {error.Message.ReplaceLineEndings("\n").Split('\n')[0]}";

    private static IEnumerable<string> Cut(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return lines.Length <= MostMessageLines
            ? lines
            : lines
                .Take(MostMessageLines - 1)
                .Append(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"… and {lines.Length - MostMessageLines + 1} more lines"
                    )
                );
    }
}
