namespace Deterministic.Simulation.Tool;

/// <summary>A file that the user named to be written, in place of an older one. It is claimed first, and the older one is gone only with <see cref="Begin"/>.</summary>
internal sealed class RecordingFile : IDisposable
{
    /// <summary>A capture is written in pieces of some hundred bytes.</summary>
    private const int BufferBytes = 64 * 1024;

    private readonly string _shown;
    private readonly FileStream _file;

    /// <summary>Ours and not the stream's: what could not be written must not be tried again, and fail again, when it is closed.</summary>
    private readonly BufferedStream _buffer;
    private State _state;

    /// <param name="environment">Whose working directory counts.</param>
    /// <param name="file">As the user named it.</param>
    /// <param name="others">The other files of the command, each with what it is.</param>
    /// <exception cref="UsageException">It cannot be written, or is one of the others.</exception>
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
            // Alone, so that a file that the command has open already, under whichever name, is noticed: links need not show in a path.
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

    /// <summary>In full, links not resolved.</summary>
    public string Path { get; }

    private enum State
    {
        /// <summary>Open, with its old content.</summary>
        Claimed,

        /// <summary>Open, and it was not there before.</summary>
        Created,

        /// <summary>Its old content is gone.</summary>
        Begun,

        /// <summary>What has been written is not all there.</summary>
        Failed,
    }

    /// <summary>Drops what the file held before.</summary>
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

    /// <summary>Never throws: whoever wants to know whether all of it was written has asked <see cref="Write"/>.</summary>
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
                // The run was given up for another reason, which is reported.
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
            // An empty file too many.
        }
    }

    private UsageException Refused(Exception error) => new($"cannot write '{_shown}': {error.Message.TrimEnd('.')}.");
}
