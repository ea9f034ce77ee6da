using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Deterministic.Simulation.Stacks;

namespace Deterministic.Simulation.Scheduling;

/// <summary>The way from the program down to where it was caught: which call of the program led there.</summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2026",
    Justification = "A method that was trimmed away is not on the stack."
)]
internal sealed class EscapeSite
{
    private readonly List<MethodBase> _beneath = [];

    private EscapeSite(StackTrace stack)
    {
        // Whether the frames are those of this project's own libraries, above what they called of the platform.
        bool above = false;
        foreach (StackFrame frame in stack.GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { } type } method)
            {
                continue;
            }

            if (ProgramCode.Contains(type.Assembly))
            {
                Place = new WaitPlace(MethodNames.Of(method), frame.GetFileName(), frame.GetFileLineNumber());
                return;
            }

            if (type == typeof(SimulationScheduler))
            {
                // What called the run is not part of it.
                return;
            }

            bool isOurs = IsOurs(type);
            above |= isOurs && _beneath.Count > 0;
            if (!isOurs && !above)
            {
                _beneath.Add(method);
            }
        }
    }

    /// <summary>Where the program made the call; null if it is not on the stack.</summary>
    public WaitPlace? Place { get; }

    /// <summary>The outermost call of the platform: the one that the program made.</summary>
    public string Call =>
        _beneath.Count > 0 && CallNames.Of(_beneath[^1]) is { } name ? name
        : Called is { } method ? MethodNames.Of(method)
        : IsAnAwait ? "An await"
        : "A call";

    /// <summary>Whether the program awaited, and called nothing: no call of the platform lies between the program and what it handed to the pool.</summary>
    public bool IsAnAwait => Called is null && _beneath.Count > 0;

    /// <summary>Its type; null for an await, which is no call that a programmer would know.</summary>
    public Type? Type => Called?.DeclaringType;

    private MethodBase? Called =>
        _beneath.Count > 0 && IsAwait(_beneath[^1]) ? null : _beneath.FindLast(method => !IsPlumbing(method));

    /// <summary>Of the calling thread, from its innermost frame on.</summary>
    public static EscapeSite Here() => new(new StackTrace(fNeedFileInfo: true));

    /// <summary>Whether a call on the way fits.</summary>
    /// <param name="fits">Asked with the name of its type, with the name space, and with that of the method.</param>
    public bool Passes(Func<string, string, bool> fits) =>
        _beneath.Exists(method => fits(method.DeclaringType!.FullName ?? "", method.Name));

    private static bool IsOurs(Type type) =>
        type.Assembly.GetName().Name!.StartsWith("Deterministic.", StringComparison.Ordinal);

    private static bool IsAwait(MethodBase method) =>
        IsPlumbing(method) && method.Name.Contains("OnCompleted", StringComparison.Ordinal);

    private static bool IsPlumbing(MethodBase method) =>
        method.DeclaringType!.Namespace is "System.Runtime.CompilerServices" or "System.Diagnostics.Tracing"
        || string.Equals(
            method.DeclaringType.FullName,
            "System.Threading.ThreadPoolWorkQueue",
            StringComparison.Ordinal
        );
}
