using System.Reflection;

namespace Deterministic.Simulation.Stacks;

/// <summary>What is the program's own, and what is beneath it.</summary>
internal static class ProgramCode
{
    private static readonly string[] Beneath =
    [
        "Deterministic.Core",
        "Deterministic.Streams",
        "Deterministic.Sockets",
        "Deterministic.Exploration",
        "Deterministic.Faults",
        "Deterministic.Simulation",
        "Deterministic.Simulation.Xunit",
        "Deterministic.Simulation.Tool",
    ];

    private static readonly string[] BeneathPrefixes = ["System.", "Microsoft.", "xunit."];

    /// <summary>They throw on behalf of the line that called them.</summary>
    private static readonly string[] Assertions =
    [
        "Shouldly",
        "FluentAssertions",
        "AwesomeAssertions",
        "nunit.framework",
        "TUnit.Assertions",
        "FsCheck",
    ];

    /// <summary>Whether a frame of this assembly is a line that its author would look at.</summary>
    public static bool IsShown(Assembly assembly) =>
        Contains(assembly) && !Assertions.Contains(assembly.GetName().Name, StringComparer.Ordinal);

    /// <summary>Whether it is one of this library's.</summary>
    public static bool IsLibrary(Assembly assembly) =>
        Beneath.Contains(assembly.GetName().Name ?? "", StringComparer.Ordinal);

    public static bool Contains(Assembly assembly)
    {
        string name = assembly.GetName().Name ?? "";
        return !Beneath.Contains(name, StringComparer.Ordinal)
            && !Array.Exists(BeneathPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}
