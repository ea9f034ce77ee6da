using Deterministic.Exploration;

namespace Deterministic.Simulation.Tool;

/// <summary>A tape named by the user. Kept open until the other files of the run are open, so that none of them can be the tape itself.</summary>
internal sealed class TapeFile : IDisposable
{
    private readonly string _shown;
    private readonly FileStream _file;

    /// <exception cref="UsageException">There is no such file, or it cannot be read.</exception>
    public TapeFile(ToolEnvironment environment, string file)
    {
        _shown = file;
        try
        {
            Path = System.IO.Path.GetFullPath(file, environment.WorkingDirectory);
            _file = Directory.Exists(Path)
                ? throw new UsageException($"'{file}' is a directory, not a tape.")
                : new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"there is no file '{file}'.");
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw Refused(error);
        }
    }

    /// <summary>The full path, links not resolved.</summary>
    public string Path { get; }

    /// <summary>Reads the tape, once.</summary>
    /// <exception cref="UsageException">The file cannot be read, or it is not a tape.</exception>
    public Tape Read()
    {
        try
        {
            using StreamReader reader = new(_file, leaveOpen: true);
            return Tape.Parse(reader);
        }
        catch (TapeFormatException error)
        {
            throw new UsageException($"'{_shown}' is not a usable tape: {error.Message}.");
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw Refused(error);
        }
    }

    /// <summary>The message for a tape recorded by a test: only the test can replay it.</summary>
    public string IsOfTest(string test) =>
        $"'{_shown}' is the tape of the test '{test}', not of a scenario of detsim. To replay it, set {RunTape.TestVariable} to {Path} "
        + $"and run: dotnet test --filter \"FullyQualifiedName={test}\"";

    public void Dispose() => _file.Dispose();

    private UsageException Refused(Exception error) => new($"cannot read '{_shown}': {error.Message}");
}
