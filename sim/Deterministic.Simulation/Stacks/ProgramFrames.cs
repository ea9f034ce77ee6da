using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Deterministic.Simulation.Stacks;

/// <summary>The part of a stack trace that is the program's own: neither the runtime's, nor the libraries' beneath it, nor that of a library of assertions.</summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2026",
    Justification = "A method that was trimmed away is not on the stack."
)]
internal static class ProgramFrames
{
    /// <summary>Enough for a helper method or two.</summary>
    private const int Most = 4;

    private const int MostOfAll = 10;

    /// <summary>In the form of a stack trace, which editors turn into links; the innermost first, each once.</summary>
    public static IEnumerable<string> Of(Exception error) =>
        Of(new StackTrace(error, fNeedFileInfo: true)).Select(Line).Distinct(StringComparer.Ordinal).Take(Most);

    /// <summary>The innermost first.</summary>
    public static IEnumerable<StackFrame> Of(StackTrace stack) =>
        stack
            .GetFrames()
            .Where(frame => frame.GetMethod() is { DeclaringType: { } type } && ProgramCode.IsShown(type.Assembly));

    /// <summary>Whether the program threw it, or called something of the platform that did; false for what it only let through from this library.</summary>
    public static bool IsThrownByProgram(Exception error) =>
        new StackTrace(error, fNeedFileInfo: false)
            .GetFrames()
            .Select(static frame => frame.GetMethod()?.DeclaringType?.Assembly)
            .OfType<System.Reflection.Assembly>()
            .FirstOrDefault(static assembly => ProgramCode.Contains(assembly) || ProgramCode.IsLibrary(assembly))
            is { } innermost
        && ProgramCode.Contains(innermost);

    /// <summary>All frames, the platform's too, for a report about the simulator.</summary>
    public static IEnumerable<string> OfAll(Exception error) =>
        new StackTrace(error, fNeedFileInfo: true)
            .GetFrames()
            .Where(frame => frame.GetMethod() is { DeclaringType: not null })
            .Select(Line)
            .Take(MostOfAll);

    /// <summary>The name of its method, as in a stack trace.</summary>
    public static string MethodOf(StackFrame frame) => MethodNames.Of(frame.GetMethod()!);

    private static string Line(StackFrame frame)
    {
        string method = MethodOf(frame);
        return frame.GetFileName() is { } file
            ? string.Create(CultureInfo.InvariantCulture, $"   at {method} in {file}:line {frame.GetFileLineNumber()}")
            : $"   at {method}";
    }
}
