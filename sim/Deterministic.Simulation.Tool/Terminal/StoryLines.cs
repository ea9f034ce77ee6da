using System.Globalization;

namespace Deterministic.Simulation.Tool;

/// <summary>Some of a trace's events, told as the trace would tell them.</summary>
internal static class StoryLines
{
    /// <summary>A line for each event, all in one story, so that the columns are aligned.</summary>
    public static string[] Of(IEnumerable<TraceEvent> events)
    {
        Trace excerpt = new(keepEvents: true);
        foreach (TraceEvent e in events)
        {
            excerpt.Record(e.Time, e.Host, e.Connection, e.Kind, e.Number, e.Text);
        }

        using StringWriter story = new(CultureInfo.InvariantCulture);
        excerpt.WriteTo(story);
        return story.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
