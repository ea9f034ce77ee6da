using System.Reflection;
using Mono.Cecil;

namespace Deterministic.Architecture.Tests;

/// <summary>The libraries of the project, and the table of what each may know.</summary>
internal static class Libraries
{
    /// <summary>Which library may refer to which, directly or through another.</summary>
    public static IReadOnlyDictionary<string, string[]> MayKnow { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["Deterministic.Core"] = [],
            ["Deterministic.Streams"] = ["Deterministic.Core"],
            ["Deterministic.Sockets"] = ["Deterministic.Core", "Deterministic.Streams"],
            ["Deterministic.Exploration"] = [],
            ["Deterministic.Faults"] = ["Deterministic.Core", "Deterministic.Streams", "Deterministic.Exploration"],
            ["Deterministic.Simulation"] =
            [
                "Deterministic.Core",
                "Deterministic.Streams",
                "Deterministic.Exploration",
                "Deterministic.Faults",
            ],
            ["Deterministic.Scenarios"] =
            [
                "Deterministic.Core",
                "Deterministic.Streams",
                "Deterministic.Exploration",
                "Deterministic.Faults",
                "Deterministic.Simulation",
            ],
            ["Deterministic.Simulation.Xunit"] =
            [
                "Deterministic.Core",
                "Deterministic.Streams",
                "Deterministic.Exploration",
                "Deterministic.Faults",
                "Deterministic.Simulation",
            ],
        };

    /// <summary>Their names, for theories.</summary>
    public static TheoryData<string> Names => [.. MayKnow.Keys];

    /// <summary>The compiled library of a name. To be disposed of.</summary>
    public static ModuleDefinition Read(string name) => ModuleDefinition.ReadModule(Assembly.Load(name).Location);

    /// <summary>The libraries of this project that a library refers to and may not.</summary>
    public static IEnumerable<string> Forbidden(ModuleDefinition library, string[] mayKnow) =>
        library
            .AssemblyReferences.Select(reference => reference.Name)
            .Where(name => name.StartsWith("Deterministic.", StringComparison.Ordinal))
            .Except(mayKnow, StringComparer.Ordinal);
}
