using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Deterministic.Simulation;

/// <summary>The part of a stack trace that is the program's own: neither the runtime's, nor the libraries' beneath it, nor that of a library of assertions.</summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2026",
    Justification = "A method that was trimmed away is not on the stack."
)]
internal static class ProgramFrames
{
    /// <summary>Enough for a helper or two; whoever needs more has the debugger.</summary>
    private const int Most = 4;

    private const int MostOfAll = 10;

    /// <summary>They stand between the program and its failure.</summary>
    private static readonly string[] Assertions =
    [
        "Shouldly",
        "FluentAssertions",
        "AwesomeAssertions",
        "nunit.framework",
        "TUnit.Assertions",
    ];

    /// <summary>In the form of a stack trace, which editors turn into links; the innermost first, each once.</summary>
    public static IEnumerable<string> Of(Exception error) =>
        new StackTrace(error, fNeedFileInfo: true)
            .GetFrames()
            .Where(frame => frame.GetMethod() is { DeclaringType: { } type } && IsPrograms(type.Assembly))
            .Select(Line)
            .Distinct(StringComparer.Ordinal)
            .Take(Most);

    /// <summary>All frames, the platform's too, for a report about the simulator.</summary>
    public static IEnumerable<string> OfAll(Exception error) =>
        new StackTrace(error, fNeedFileInfo: true)
            .GetFrames()
            .Where(frame => frame.GetMethod() is { DeclaringType: not null })
            .Select(Line)
            .Take(MostOfAll);

    private static bool IsPrograms(Assembly assembly) =>
        ProgramCode.Contains(assembly)
        && !Assertions.Contains(assembly.GetName().Name ?? "", StringComparer.OrdinalIgnoreCase);

    private static string Line(StackFrame frame)
    {
        string method = MethodNames.Of(frame.GetMethod()!);
        return frame.GetFileName() is { } file
            ? string.Create(CultureInfo.InvariantCulture, $"   at {method} in {file}:line {frame.GetFileLineNumber()}")
            : $"   at {method}";
    }
}
