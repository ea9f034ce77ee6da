namespace Deterministic.Simulation.Tool;

/// <summary>What is kept of a single run, as text and in files. Files are proven to be writable before the run, and to be different ones before any is changed.</summary>
/// <param name="environment">Where the story goes.</param>
/// <param name="tellsStory">Whether to print what happened.</param>
/// <param name="jsonFile">Where the events go as JSON Lines, or null.</param>
/// <param name="captureFile">Where the packets go as pcapng, or null.</param>
internal sealed class Recording(ToolEnvironment environment, bool tellsStory, string? jsonFile, string? captureFile)
    : IDisposable
{
    private RecordingFile? _json;
    private RecordingFile? _packets;

    /// <summary>Whether the story of the run is printed.</summary>
    public bool TellsStory => tellsStory;

    /// <summary>Whether the trace must keep its events.</summary>
    public bool KeepsTrace => tellsStory || jsonFile is not null;

    /// <summary>Where the packets go, once it is open; null for nowhere.</summary>
    public PacketCapture? Capture { get; private set; }

    /// <summary>Opens the files.</summary>
    /// <param name="what">What is recorded.</param>
    /// <param name="others">The other files of the command, each with what it is: none of them may be written over.</param>
    /// <exception cref="UsageException">A file cannot be written, or is another file of the command.</exception>
    public void Open(string what, params (string Path, string What)[] others)
    {
        List<(string Path, string What)> known = [.. others];
        _json = Claim(RecordingOptions.Json, jsonFile, known);
        _packets = Claim(RecordingOptions.Capture, captureFile, known);
        _json?.Begin();
        _packets?.Begin();
        _packets?.Write(stream => Capture = new PacketCapture(stream, what));
    }

    /// <summary>The run is over: prints its story and completes the files.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Write(Trace trace)
    {
        if (tellsStory)
        {
            environment.WriteLine();
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

    private RecordingFile? Claim(string option, string? file, List<(string Path, string What)> known)
    {
        if (file is null)
        {
            return null;
        }

        RecordingFile claimed = new(environment, file, known);
        known.Add((claimed.Path, $"the file of {option}"));
        return claimed;
    }
}
