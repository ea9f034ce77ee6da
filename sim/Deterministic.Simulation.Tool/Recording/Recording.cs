namespace Deterministic.Simulation.Tool;

/// <summary>Writes the trace and packets of a single run, as text and to files. Before the run the files are checked to be writable, and to be different ones before any is changed.</summary>
/// <param name="environment">Where the events are printed.</param>
/// <param name="printsEvents">Whether to print the events.</param>
/// <param name="jsonFile">The file for the events, as JSON Lines, or null.</param>
/// <param name="captureFile">The file for the packets, as pcapng, or null.</param>
internal sealed class Recording(ToolEnvironment environment, bool printsEvents, string? jsonFile, string? captureFile)
    : IDisposable
{
    private RecordingFile? _json;
    private RecordingFile? _packets;

    /// <summary>Whether the events of the run are printed.</summary>
    public bool PrintsEvents => printsEvents;

    /// <summary>Whether the trace must keep its events.</summary>
    public bool KeepsTrace => printsEvents || jsonFile is not null;

    /// <summary>The open capture of packets; null if there is none.</summary>
    public PacketCapture? Capture { get; private set; }

    /// <summary>Opens the files.</summary>
    /// <param name="what">What is recorded.</param>
    /// <param name="others">The other files of the command, each with a description: none of them may be overwritten.</param>
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

    /// <summary>After the run: prints its events and completes the files.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Write(Trace trace)
    {
        if (printsEvents)
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
