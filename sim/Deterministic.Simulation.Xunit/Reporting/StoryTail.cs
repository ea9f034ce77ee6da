using System.Globalization;

namespace Deterministic.Simulation.Xunit;

/// <summary>The end of a run's story.</summary>
internal static class StoryTail
{
    /// <summary>About a screenful: what led to a failure is mostly in its last exchanges, and the tape has the rest.</summary>
    private const int Events = 40;

    public static string Of(Trace trace)
    {
        Trace tail = new(keepEvents: true);
        foreach (TraceEvent happened in trace.Events.Skip(trace.Events.Count - Events))
        {
            tail.Record(
                happened.Time,
                happened.Host,
                happened.Connection,
                happened.Kind,
                happened.Number,
                happened.Text
            );
        }

        using StringWriter story = new(CultureInfo.InvariantCulture);
        story.Write(string.Create(CultureInfo.InvariantCulture, $"The last {tail.Count} of {trace.Count} events:\n"));
        tail.WriteTo(story);
        return story.ToString();
    }
}
