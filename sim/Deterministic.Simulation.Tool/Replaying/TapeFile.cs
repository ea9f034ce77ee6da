namespace Deterministic.Simulation.Tool;

/// <summary>Tapes that users name.</summary>
internal static class TapeFile
{
    /// <exception cref="UsageException">There is no such file, it cannot be read, or it is no tape.</exception>
    public static Tape Load(ToolEnvironment environment, string file)
    {
        try
        {
            string path = Path.GetFullPath(file, environment.WorkingDirectory);
            return Directory.Exists(path)
                ? throw new UsageException($"'{file}' is a directory, not a tape.")
                : Tape.Load(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"there is no file '{file}'.");
        }
        catch (TapeFormatException error)
        {
            throw new UsageException($"'{file}' is no usable tape: {error.Message}.");
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw new UsageException($"cannot read '{file}': {error.Message}");
        }
    }
}
