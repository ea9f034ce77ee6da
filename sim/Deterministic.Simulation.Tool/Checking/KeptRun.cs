namespace Deterministic.Simulation.Tool;

/// <summary>A run with all its events, of this process or of another.</summary>
internal sealed record KeptRun(string Ending, IReadOnlyList<HashedTraceEvent> Events)
{
    public static KeptRun Of(SimulationRun run) => new(Tool.Ending.Of(run), [.. run.Trace.HashedEvents]);

    /// <summary>Reads what <see cref="WriteTo"/> has written.</summary>
    public static KeptRun Read(TextReader reader)
    {
        string ending = reader.ReadLine() ?? throw new FormatException("the other process said nothing");
        return new KeptRun(ending, [.. TraceJson.Read(reader)]);
    }

    public static void WriteTo(TextWriter writer, SimulationRun run)
    {
        writer.Write($"{Tool.Ending.Of(run)}\n");
        run.Trace.WriteJsonTo(writer);
    }
}
