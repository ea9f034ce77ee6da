namespace Deterministic.Simulation.Tool;

/// <summary>What is kept of a single run, as text and in files. Files are proven to be writable before the run.</summary>
/// <param name="environment">Where the story goes.</param>
/// <param name="tellsStory">Whether to print what happened.</param>
/// <param name="jsonFile">Where the events go as JSON Lines, or null.</param>
/// <param name="captureFile">Where the packets go as pcapng, or null.</param>
internal sealed class Recording(ToolEnvironment environment, bool tellsStory, string? jsonFile, string? captureFile)
    : IDisposable
{
    private RecordingFile? _json;
    private RecordingFile? _packets;

    /// <summary>Whether the trace must keep its events.</summary>
    public bool KeepsTrace => tellsStory || jsonFile is not null;

    /// <summary>Where the packets go, once it is open; null for nowhere.</summary>
    public PacketCapture? Capture { get; private set; }

    /// <param name="what">What is recorded.</param>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Open(string what)
    {
        _json = jsonFile is null ? null : new RecordingFile(environment, jsonFile);
        _packets = captureFile is null ? null : new RecordingFile(environment, captureFile);
        _packets?.Write(stream => Capture = new PacketCapture(stream, what));
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
        _packets?.Write(_ =>
        {
            if (Capture?.Failure is { } failure)
            {
                throw failure;
            }
        });
    }

    public void Dispose()
    {
        _json?.Dispose();
        _packets?.Dispose();
    }
}
