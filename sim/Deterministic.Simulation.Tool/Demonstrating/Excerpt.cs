using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Tool;

/// <summary>The events that lead to a violation: the last ones of the connection on which it was detected.</summary>
internal static class Excerpt
{
    private const int Events = 10;

    public static void Print(TextWriter output, Trace trace, string indent)
    {
        int end = trace.Events.Select(e => e.Kind).TakeWhile(kind => kind != TraceKind.Violation).Count();
        // The last arrival before the violation is the one that made the program detect it.
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
