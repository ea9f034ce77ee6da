namespace Deterministic.Simulation.Tool;

/// <summary>Finds the command that starts <c>detsim</c>, from its location: a printed command must work when it is pasted.</summary>
internal static class InvocationName
{
    private const string Project = "Deterministic.Simulation.Tool";
    private const string Installed = "detsim";

    public static string Find(string baseDirectory, string? processPath, string workingDirectory)
    {
        string[] folders = baseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        if (folders.Contains(".store", StringComparer.Ordinal))
        {
            return Installed;
        }

        if (folders.Contains(Project.ToLowerInvariant(), StringComparer.Ordinal))
        {
            // In the package cache: a tool of a manifest.
            return $"dotnet {Installed}";
        }

        return FromSource(baseDirectory, workingDirectory) ?? FromFile(baseDirectory, processPath, workingDirectory);
    }

    /// <summary>The command that starts another process of the running program: its own executable, or the host that it is loaded into.</summary>
    public static IReadOnlyList<string> Itself(string baseDirectory, string? processPath, string? entryAssembly)
    {
        const string Host = "dotnet";
        bool isHosted = string.Equals(
            Path.GetFileNameWithoutExtension(processPath ?? Host),
            Host,
            StringComparison.OrdinalIgnoreCase
        );
        return isHosted
            ? [processPath ?? Host, Path.Combine(baseDirectory, $"{entryAssembly ?? Installed}.dll")]
            : [processPath!];
    }

    /// <summary>Built from source, in <c>project/bin/Release/net10.0</c>: the user most likely typed <c>dotnet run</c>.</summary>
    private static string? FromSource(string baseDirectory, string workingDirectory)
    {
        DirectoryInfo? configuration = Directory.GetParent(Path.TrimEndingDirectorySeparator(baseDirectory));
        DirectoryInfo? project = configuration?.Parent?.Parent;
        if (project is null || !File.Exists(Path.Combine(project.FullName, $"{Project}.csproj")))
        {
            return null;
        }

        // Release is the default of this repository.
        string option = string.Equals(configuration!.Name, "Release", StringComparison.OrdinalIgnoreCase)
            ? ""
            : $" -c {configuration.Name}";
        return $"dotnet run{option} --project {Shell.Quote(Path.GetRelativePath(workingDirectory, project.FullName))} --";
    }

    private static string FromFile(string baseDirectory, string? processPath, string workingDirectory)
    {
        bool isItself = string.Equals(
            Path.GetFileNameWithoutExtension(processPath),
            Installed,
            StringComparison.OrdinalIgnoreCase
        );
        string file = isItself ? processPath! : Path.Combine(baseDirectory, $"{Installed}.dll");
        string path = Path.GetRelativePath(workingDirectory, file);
        path = path.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : Path.Combine(".", path);
        return isItself ? Shell.Quote(path) : $"dotnet {Shell.Quote(path)}";
    }
}
