using System.Reflection;

namespace Deterministic.Conformance.Tests;

/// <summary>Where the vectors and the oracle are: in the source tree that this was built from.</summary>
internal static class Specs
{
    public static string Folder { get; } =
        Path.GetFullPath(
            typeof(Specs)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => string.Equals(attribute.Key, "Specs", StringComparison.Ordinal))
                .Value!
        );

    public static string VectorFile(string name) => Path.Combine(Folder, "vectors", name);

    public static string Oracle(string program) => Path.Combine(Folder, "oracle", program);

    public static IEnumerable<string> VectorFiles =>
        Directory
            .EnumerateFiles(Path.Combine(Folder, "vectors"), "*.jsonl")
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);
}
