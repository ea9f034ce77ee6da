using System.Reflection;
using Mono.Cecil;

namespace Deterministic.Architecture.Tests;

/// <summary>The libraries and the tool of the project, and the table of what each refers to.</summary>
internal static class Libraries
{
    private const string Core = "Deterministic.Core";
    private const string Streams = "Deterministic.Streams";
    private const string Sockets = "Deterministic.Sockets";
    private const string Exploration = "Deterministic.Exploration";
    private const string Faults = "Deterministic.Faults";
    private const string Simulation = "Deterministic.Simulation";
    private const string Scenarios = "Deterministic.Scenarios";

    /// <summary>Which of them each refers to directly: these and no others. The root namespace is the name, but for the tool.</summary>
    public static IReadOnlyDictionary<string, string[]> Table { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [Core] = [],
            [Streams] = [Core],
            [Sockets] = [Core, Streams],
            [Exploration] = [],
            [Faults] = [Core, Streams, Exploration],
            [Simulation] = [Core, Streams, Exploration, Faults],
            [Scenarios] = [Core, Streams, Simulation],
            ["Deterministic.Simulation.Xunit"] = [Exploration, Faults, Simulation],
            ["detsim"] = [Streams, Sockets, Exploration, Faults, Simulation, Scenarios],
        };

    /// <summary>Their names, for theories.</summary>
    public static TheoryData<string> Names => [.. Table.Keys];

    /// <summary>The root namespace of a library.</summary>
    public static string RootOf(string name) => name == "detsim" ? "Deterministic.Simulation.Tool" : name;

    /// <summary>The compiled library of a name. To be disposed of.</summary>
    public static ModuleDefinition Read(string name) => ModuleDefinition.ReadModule(Assembly.Load(name).Location);

    /// <summary>The libraries of this project that a library refers to.</summary>
    public static IEnumerable<string> ReferencesOf(ModuleDefinition library) =>
        library
            .AssemblyReferences.Select(reference => reference.Name)
            .Where(name => name.StartsWith("Deterministic.", StringComparison.Ordinal));
}
