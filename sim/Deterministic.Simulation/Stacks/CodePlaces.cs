using System.Diagnostics;

namespace Deterministic.Simulation.Stacks;

/// <summary>Which line of the program an exception, or a call, comes from.</summary>
internal static class CodePlaces
{
    /// <summary>The innermost line of the program on an exception's stack; null if there is none. Of an aggregate, the first exception in it that has one.</summary>
    public static CodePlace? Of(Exception error) =>
        WrappedErrors
            .In(error)
            .Append(error)
            .Select(static one => Innermost(new StackTrace(one, fNeedFileInfo: true)))
            .FirstOrDefault(static place => place is not null);

    /// <summary>The innermost method of the program on a stack; null if there is none.</summary>
    public static CodePlace? Caller(StackTrace stack) => Innermost(stack);

    /// <summary>A place with the file and line that the compiler has filled in.</summary>
    public static CodePlace? At(CodePlace? method, string file, int line) =>
        file.Length == 0
            ? method
            : new CodePlace(method?.Method ?? "the program", file, line, SourceCode.LineOf(file, line));

    private static CodePlace? Innermost(StackTrace stack)
    {
        CodePlace? first = null;
        foreach (StackFrame frame in ProgramFrames.Of(stack))
        {
            string? file = frame.GetFileName();
            int line = frame.GetFileLineNumber();
            CodePlace place = new(
                ProgramFrames.MethodOf(frame),
                file,
                line,
                file is null ? null : SourceCode.LineOf(file, line)
            );
            first ??= place;
            if (place.Code is not null)
            {
                // A package of the program may have symbols, but its sources are not at hand.
                return place;
            }
        }

        return first;
    }
}
