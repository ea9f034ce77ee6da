namespace Deterministic.Simulation.Tool;

/// <summary>A run with all its events, of this process or of another.</summary>
internal sealed record KeptRun(string Signature, IReadOnlyList<HashedTraceEvent> Events)
{
    public static KeptRun Of(SimulationRun run) => new(RunSignature.Of(run), [.. run.Trace.HashedEvents]);

    /// <summary>Reads the output of <see cref="WriteTo"/>.</summary>
    public static KeptRun Read(TextReader reader)
    {
        string ending = reader.ReadLine() ?? throw new FormatException("the other process printed nothing");
        return new KeptRun(ending, [.. TraceJson.Read(reader)]);
    }

    public static void WriteTo(TextWriter writer, SimulationRun run)
    {
        writer.Write($"{RunSignature.Of(run)}\n");
        run.Trace.WriteJsonTo(writer);
    }
}
