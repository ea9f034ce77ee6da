namespace Deterministic.Simulation.Tool;

/// <summary>What is kept of a single run, as text and in files. Files are proven to be writable before the run.</summary>
/// <param name="environment">Where the story goes.</param>
/// <param name="tellsStory">Whether to print what happened.</param>
/// <param name="jsonFile">Where the events go as JSON Lines, or null.</param>
internal sealed class Recording(ToolEnvironment environment, bool tellsStory, string? jsonFile) : IDisposable
{
    private RecordingFile? _json;

    /// <summary>Whether the trace must keep its events.</summary>
    public bool KeepsTrace => tellsStory || jsonFile is not null;

    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Open()
    {
        _json = jsonFile is null ? null : new RecordingFile(environment, jsonFile);
    }

    /// <summary>The run is over.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Write(Trace trace)
    {
        if (tellsStory)
        {
            environment.Say();
            trace.WriteTo(environment.Output);
        }

        _json?.Write(trace.WriteJsonTo);
    }

    public void Dispose() => _json?.Dispose();
}
