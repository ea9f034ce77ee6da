using System.Globalization;
using Deterministic.Exploration;

namespace Deterministic.Simulation.Tool;

/// <summary>The directory for tapes of findings. Checked to be writable before the first run, and deleted if it was created and stayed empty.</summary>
internal sealed class TapeFolder : IDisposable
{
    public const string Default = ".detsim";

    private readonly string _shown;
    private readonly string _path;
    private readonly bool _isNew;

    /// <exception cref="UsageException">Nothing can be written there.</exception>
    public TapeFolder(ToolEnvironment environment, string directory)
    {
        if (string.IsNullOrWhiteSpace(directory))
        {
            throw new UsageException("--out requires DIRECTORY.");
        }

        _shown = directory;
        try
        {
            _path = Path.GetFullPath(directory, environment.WorkingDirectory);
            _isNew = !Directory.Exists(_path);
            Directory.CreateDirectory(_path);
            string probe = Path.Combine(_path, Path.GetRandomFileName());
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw Refused(error);
        }
    }

    /// <summary>The file for the tape of a run, if it has a finding.</summary>
    public string PathOf(string scenario, string faults, ulong seed) =>
        Path.Combine(_path, NameOf(scenario, faults, seed));

    /// <summary>Saves the tape of a run, in place of an older one of the same seed.</summary>
    /// <returns>The file, relative to the user's working directory.</returns>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public string Save(Tape tape)
    {
        string name = NameOf(tape.Header.Scenario, tape.Header.Faults, tape.Header.Seed);
        try
        {
            // Again, since another detsim may have removed it as empty.
            Directory.CreateDirectory(_path);
            tape.Save(Path.Combine(_path, name));
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw Refused(error);
        }

        return Path.Combine(_shown, name);
    }

    public void Dispose()
    {
        if (!_isNew)
        {
            return;
        }

        try
        {
            // Fails if the directory is not empty.
            Directory.Delete(_path, recursive: false);
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            // It is in use, so it is not empty.
        }
    }

    private static string NameOf(string scenario, string faults, ulong seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{scenario}-{faults}-{seed}.tape");

    private UsageException Refused(Exception error) =>
        new($"cannot write tapes into '{_shown}': {error.Message.TrimEnd('.')}; name another directory with --out.");
}
