using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Deterministic.Exploration;
using Deterministic.Simulation.Stacks;

namespace Deterministic.Simulation.Errors;

/// <summary>
/// Distinguishes errors of the simulator, and of the libraries that it is made of, from those of the program. An error is theirs if it arose in their code and is of a kind that no code throws on purpose,
/// such as a division by zero; or if it arose in an item of the world, without the program on the stack, in what their code called of the platform, such as a slice that is out of range.
/// Of an aggregate, what is inside counts.
/// </summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2026",
    Justification = "A method that was trimmed away is not on the stack."
)]
internal static class SimulatorErrors
{
    private static readonly string[] Ours =
    [
        "Deterministic.Core",
        "Deterministic.Streams",
        "Deterministic.Exploration",
        "Deterministic.Faults",
        "Deterministic.Simulation",
    ];

    /// <summary>What to say of such an error, in one line.</summary>
    public static string Describe(Exception error)
    {
        Exception cause = error is SimulatorException { InnerException: { } inner } ? inner : error;
        string where = Origin(cause) is { } origin ? $" in {MethodNames.Of(origin)}" : "";
        return $"An error in the simulator itself, and none of the program: {cause.GetType().Name}: {cause.Message}{where}";
    }

    /// <summary>Wraps an error of the simulator; any other is returned as it is.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="inWorldItem">Whether it came out of an item of the world, such as a timer of the simulated TCP, and not through a task of the program.</param>
    [return: NotNullIfNotNull(nameof(error))]
    public static Exception? Classify(Exception? error, bool inWorldItem = false) =>
        error is not null and not SimulatorException
        && WrappedErrors.In(error).FirstOrDefault(one => IsOne(one, inWorldItem)) is { } found
            ? new SimulatorException(Describe(found), found)
            : error;

    private static bool IsOne(Exception error, bool inWorldItem)
    {
        MethodBase[] stack = StackOf(error);
        if (stack is [] || WasMadeByHand(stack))
        {
            return false;
        }

        int origin = Array.FindIndex(stack, method => !IsPlatform(method));
        return origin >= 0
            && IsOurs(stack[origin])
            && !CallsWhatItWasGiven(stack[origin])
            && (IsNeverThrownOnPurpose(error) || (inWorldItem && IsOfPlatform(error, stack)));
    }

    /// <summary>Whether no code threw it: a task was failed with it, such as one of the program, and its stack begins where the task was awaited.</summary>
    private static bool WasMadeByHand(MethodBase[] stack) => stack[0].DeclaringType == typeof(ExceptionDispatchInfo);

    /// <summary>Whether a method only passes on what it calls: a strategy, which may be the user's, or the callback of a timer, which may be a method of the platform.</summary>
    private static bool CallsWhatItWasGiven(MethodBase method) =>
        method.DeclaringType == typeof(ChoiceSource) || method.IsDefined(typeof(CallsProgramAttribute));

    /// <summary>Whether the platform threw it on its own account, with no code of the program on the way: neither we did, nor a check that we asked for.</summary>
    private static bool IsOfPlatform(Exception error, MethodBase[] stack) =>
        !IsForThePrograms(error)
        && IsPlatform(stack[0])
        && !typeof(Exception).IsAssignableFrom(stack[0].DeclaringType)
        && Array.TrueForAll(stack, method => IsPlatform(method) || IsOurs(method));

    /// <summary>The innermost method that is not the platform's.</summary>
    private static MethodBase? Origin(Exception error) => Array.Find(StackOf(error), method => !IsPlatform(method));

    private static bool IsNeverThrownOnPurpose(Exception error) =>
        error
            is ArithmeticException
                or IndexOutOfRangeException
                or NullReferenceException
                or InvalidCastException
                or ArrayTypeMismatchException
                or KeyNotFoundException
                or UnreachableException
                or NotImplementedException;

    /// <summary>What programs are meant to see, and may let through: losses of the simulated network, and what stops a run with a reason.</summary>
    private static bool IsForThePrograms(Exception error) =>
        error
            is IOException
                or OperationCanceledException
                or TimeoutException
                or System.Security.Authentication.AuthenticationException
                or SimulationEscapeException
                or TapeDivergenceException
                or PropertyViolatedException;

    private static MethodBase[] StackOf(Exception error) =>
        [.. new StackTrace(error).GetFrames().Select(frame => frame.GetMethod()).OfType<MethodBase>()];

    private static bool IsPlatform(MethodBase method) =>
        AssemblyOf(method) is not { } name
        || name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name is "mscorlib" or "netstandard";

    private static bool IsOurs(MethodBase method) =>
        AssemblyOf(method) is { } name
        && Array.Exists(Ours, ours => string.Equals(name, ours, StringComparison.Ordinal));

    private static string? AssemblyOf(MethodBase method) => method.DeclaringType?.Assembly.GetName().Name;
}
