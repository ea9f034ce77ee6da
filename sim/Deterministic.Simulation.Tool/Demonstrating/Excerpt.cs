using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Tool;

/// <summary>The part of a story that leads to its violation: the last events of the connection on which it came to light.</summary>
internal static class Excerpt
{
    private const int Events = 10;

    public static void Print(TextWriter output, Trace trace, string indent)
    {
        int end = trace.Events.Select(e => e.Kind).TakeWhile(kind => kind != TraceKind.Violation).Count();
        // What arrived last, just before the violation, is what made the program notice.
        long connection = trace.Events.Take(end).LastOrDefault().Connection;
        IEnumerable<TraceEvent> told = trace
            .Events.Take(end)
            .Where(e => e.Connection == connection)
            .TakeLast(Events)
            .Concat(trace.Events.Skip(end).Take(1));
        foreach (string line in TraceText.Lines([.. told]))
        {
            output.WriteLine(indent + line);
        }
    }
}
