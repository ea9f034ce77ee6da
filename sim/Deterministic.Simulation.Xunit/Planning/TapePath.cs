namespace Deterministic.Simulation.Xunit;

/// <summary>
/// Finds a tape given by a relative path. <c>dotnet test</c> runs tests in the folder of their assembly, but the path is usually relative to the shell's folder, which
/// POSIX shells export as <c>PWD</c>; otherwise it is usually the project's or the solution's, which are above the assembly's.
/// </summary>
internal static class TapePath
{
    private const string ShellFolder = "PWD";

    /// <summary>The shell's folder, then that of the process, then the assembly's and those above it, the nearest first.</summary>
    public static IReadOnlyList<string> Folders()
    {
        List<string> folders = [];
        if (Environment.GetEnvironmentVariable(ShellFolder) is { } shell && Path.IsPathFullyQualified(shell))
        {
            folders.Add(shell);
        }

        folders.Add(Directory.GetCurrentDirectory());
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            folders.Add(folder.FullName);
        }

        return [.. folders.Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The full path of a tape.</summary>
    /// <exception cref="InvalidOperationException">There is no such file in any of the folders.</exception>
    public static string Find(string path, IReadOnlyList<string> folders)
    {
        if (Path.IsPathFullyQualified(path))
        {
            return path;
        }

        return folders.Select(folder => Path.GetFullPath(path, folder)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"{SimulationSettings.TapeVariable}: there is no tape '{path}', neither in {string.Join(", nor in ", folders)}. Give its full path."
            );
    }
}
