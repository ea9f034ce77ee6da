using Deterministic.Exploration;

namespace Deterministic.Simulation.Xunit;

/// <summary>The folder for the tapes of failed seeds: the given one, or <c>tapes</c> beside the test assembly, or the temporary folder.</summary>
/// <param name="asked">The given folder, or null.</param>
/// <param name="assemblyFolder">The folder of the test assembly.</param>
internal sealed class TapeFolder(string? asked, string assemblyFolder)
{
    /// <summary>File systems allow 255 bytes; this leaves room for an extension, and for names that aren't ASCII.</summary>
    private const int MaxNameLength = 120;

    /// <summary>Saves a tape; a later one of the same name replaces it.</summary>
    /// <returns>The file, or the error: a failure to save must not hide the test's failure.</returns>
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

    /// <summary>A name that is valid in every file system and shell. Long names are cut at the start, since method and seed are at the end.</summary>
    private static string FileNameOf(string name)
    {
        string safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
        return (safe.Length <= MaxNameLength ? safe : safe[^MaxNameLength..]) + ".tape";
    }
}
