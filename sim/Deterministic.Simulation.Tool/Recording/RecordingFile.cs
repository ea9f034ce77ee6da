namespace Deterministic.Simulation.Tool;

/// <summary>An output file named by the user. It is opened first; an existing file is truncated only by <see cref="Begin"/>.</summary>
internal sealed class RecordingFile : IDisposable
{
    /// <summary>A capture is written in pieces of a few hundred bytes.</summary>
    private const int BufferBytes = 64 * 1024;

    private readonly string _shown;
    private readonly FileStream _file;

    /// <summary>A buffer of our own instead of the stream's: a failed write must not be repeated, and fail again, when the stream is closed.</summary>
    private readonly BufferedStream _buffer;
    private State _state;

    /// <param name="environment">Has the working directory.</param>
    /// <param name="file">As the user named it.</param>
    /// <param name="others">The other files of the command, each with a description.</param>
    /// <exception cref="UsageException">The file cannot be written, or is one of the others.</exception>
    public RecordingFile(ToolEnvironment environment, string file, IReadOnlyList<(string Path, string What)> others)
    {
        _shown = file;
        try
        {
            Path = System.IO.Path.GetFullPath(file, environment.WorkingDirectory);
            bool isDevice = FileErrors.IsDevice(Path);
            if (!isDevice && others.FirstOrDefault(other => FileErrors.AreSame(other.Path, Path)).What is { } what)
            {
                throw new UsageException($"cannot write '{_shown}': it is {what}; name another file.");
            }

            _state = File.Exists(Path) ? State.Claimed : State.Created;
            // Exclusively, to detect a file that the command already has open under another name: links need not be visible in a path.
            FileShare share = isDevice ? FileShare.ReadWrite : FileShare.None;
            _file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.Write, share, bufferSize: 0);
        }
        catch (Exception error) when (FileErrors.IsInUse(error))
        {
            throw new UsageException(
                $"cannot write '{_shown}': it is in use, by another program or by this command under another name."
            );
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw Refused(error);
        }

        _buffer = new BufferedStream(_file, BufferBytes);
    }

    /// <summary>The full path, links not resolved.</summary>
    public string Path { get; }

    private enum State
    {
        /// <summary>Open, with its previous content.</summary>
        Claimed,

        /// <summary>Open, and newly created.</summary>
        Created,

        /// <summary>Truncated.</summary>
        Begun,

        /// <summary>A write has failed: the file is incomplete.</summary>
        Failed,
    }

    /// <summary>Truncates the file.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public void Begin()
    {
        if (_file.CanSeek && !FileErrors.IsDevice(Path))
        {
            Try(() => _file.SetLength(0));
        }

        _state = State.Begun;
    }

    /// <exception cref="UsageException">It cannot be written.</exception>
    public void Write(Action<Stream> write) =>
        Try(() =>
        {
            write(_buffer);
            _buffer.Flush();
        });

    /// <summary>Never throws: errors were reported by <see cref="Write"/>.</summary>
    public void Dispose()
    {
        if (_state == State.Begun)
        {
            try
            {
                _buffer.Flush();
            }
            catch (Exception error) when (FileErrors.IsRefusal(error))
            {
                // The run ended for another reason, which is reported.
            }
        }

        _file.Dispose();
        if (_state == State.Created)
        {
            DeleteUnused();
        }
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            _state = State.Failed;
            throw Refused(error);
        }
    }

    private void DeleteUnused()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            // An empty file is left behind.
        }
    }

    private UsageException Refused(Exception error) => new($"cannot write '{_shown}': {error.Message.TrimEnd('.')}.");
}
