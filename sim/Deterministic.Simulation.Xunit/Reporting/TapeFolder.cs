using Deterministic.Exploration;

namespace Deterministic.Simulation.Xunit;

/// <summary>Where the tapes of failed seeds go: where asked, else the folder <c>tapes</c> beside the test assembly, else the temporary folder.</summary>
/// <param name="asked">Where they were asked to go, or null.</param>
/// <param name="assemblyFolder">The folder of the test assembly.</param>
internal sealed class TapeFolder(string? asked, string assemblyFolder)
{
    /// <summary>File systems allow 255 bytes; this leaves room for an extension, and for names that aren't ASCII.</summary>
    private const int MaxNameLength = 120;

    /// <summary>Saves a tape; a later one of the same name replaces it.</summary>
    /// <returns>The file, or why there is none: a failure to save must not hide the failure that was to be saved.</returns>
    public string Save(Tape tape, string name)
    {
        string file = FileNameOf(name);
        try
        {
            return SaveIn(asked ?? Path.Combine(assemblyFolder, "tapes"), file, tape);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return SaveInTemporaryFolder(file, tape);
        }
    }

    private static string SaveInTemporaryFolder(string file, Tape tape)
    {
        try
        {
            return SaveIn(Path.Combine(Path.GetTempPath(), "deterministic-tapes"), file, tape);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"(the tape could not be saved: {error.Message})";
        }
    }

    private static string SaveIn(string folder, string file, Tape tape)
    {
        string path = Path.Combine(Directory.CreateDirectory(folder).FullName, file);
        tape.Save(path);
        return path;
    }

    /// <summary>Fit for every file system and for a shell. A long name keeps its end, which has method and seed.</summary>
    private static string FileNameOf(string name)
    {
        string safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
        return (safe.Length <= MaxNameLength ? safe : safe[^MaxNameLength..]) + ".tape";
    }
}
