namespace Deterministic.Conformance;

/// <summary>Finds what the test projects of a folder were built to.</summary>
internal static class TestAssemblies
{
    /// <summary>One assembly for each test project, the newest if it was built in several configurations.</summary>
    /// <param name="tests">The folder that holds the folders of the test projects, whose names end in <c>.Tests</c>.</param>
    /// <exception cref="TestsNotBuiltException">A project has not been built, or a source file of it is newer than what was built.</exception>
    public static IReadOnlyList<string> Find(string tests)
    {
        List<string> assemblies = [];
        List<string> missing = [];
        foreach (
            string project in Directory
                .EnumerateFiles(tests, "*.Tests.csproj", new EnumerationOptions { RecurseSubdirectories = true })
                .Order(StringComparer.Ordinal)
        )
        {
            FileInfo? built = Newest(project);
            if (built is null)
            {
                missing.Add($"{Path.GetFileName(project)} has not been built");
            }
            else if (NewerSource(project, built) is { } source)
            {
                missing.Add($"{source} is newer than {built.FullName}");
            }
            else
            {
                assemblies.Add(built.FullName);
            }
        }

        if (assemblies.Count == 0 && missing.Count == 0)
        {
            missing.Add($"there is no test project in {Path.GetFullPath(tests)}");
        }

        return missing.Count == 0 ? assemblies : throw new TestsNotBuiltException(missing);
    }

    /// <summary>The layout of the SDK: <c>bin/CONFIGURATION/FRAMEWORK</c>.</summary>
    private static FileInfo? Newest(string project)
    {
        DirectoryInfo outputs = new(Path.Combine(Path.GetDirectoryName(project)!, "bin"));
        string name = Path.GetFileNameWithoutExtension(project) + ".dll";
        return outputs.Exists
            ? outputs
                .EnumerateDirectories()
                .SelectMany(configuration => configuration.EnumerateDirectories())
                .Select(framework => new FileInfo(Path.Combine(framework.FullName, name)))
                .Where(file => file.Exists)
                .MaxBy(file => file.LastWriteTimeUtc)
            : null;
    }

    private static string? NewerSource(string project, FileInfo built)
    {
        DirectoryInfo folder = new(Path.GetDirectoryName(project)!);
        return folder
            .EnumerateFileSystemInfos()
            .Where(entry => entry.Name is not ("bin" or "obj"))
            .SelectMany(entry =>
                entry is DirectoryInfo inner ? inner.EnumerateFiles("*.cs", SearchOption.AllDirectories)
                : entry is FileInfo { Extension: ".cs" } file ? [file]
                : Enumerable.Empty<FileInfo>()
            )
            .FirstOrDefault(file => file.LastWriteTimeUtc > built.LastWriteTimeUtc)
            ?.FullName;
    }
}
