namespace Deterministic.Simulation.Tool;

/// <summary>A file that the user named to be written, in place of an older one.</summary>
internal sealed class RecordingFile : IDisposable
{
    private readonly string _shown;
    private readonly FileStream _stream;

    /// <exception cref="UsageException">It cannot be written.</exception>
    public RecordingFile(ToolEnvironment environment, string file)
    {
        _shown = file;
        try
        {
            _stream = File.Create(Path.GetFullPath(file, environment.WorkingDirectory));
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw Refused(error);
        }
    }

    /// <exception cref="UsageException">It cannot be written.</exception>
    public void Write(Action<Stream> write)
    {
        try
        {
            write(_stream);
            _stream.Flush();
        }
        catch (IOException error)
        {
            throw Refused(error);
        }
    }

    public void Dispose() => _stream.Dispose();

    private UsageException Refused(Exception error) => new($"cannot write '{_shown}': {error.Message.TrimEnd('.')}.");
}
