using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// Distinguishes a wait for an event from those that end by themselves: for a lock that other threads of the process hold for a moment (they are not part of this simulation, and release it),
/// and the runtime's own, such as for finalizers.
/// </summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2026",
    Justification = "A method that was trimmed away is not on the stack."
)]
internal static class BlockingCalls
{
    /// <summary>Whether the calling thread is about to wait for what only the simulation could bring.</summary>
    public static bool IsForAnEvent()
    {
        IEnumerable<MethodBase> callers = new StackTrace(fNeedFileInfo: false)
            .GetFrames()
            .Select(frame => frame.GetMethod())
            .OfType<MethodBase>()
            .SkipWhile(method => method.DeclaringType?.Assembly == typeof(BlockingCalls).Assembly);
        bool onHandle = false;
        foreach (MethodBase caller in callers)
        {
            switch (caller.DeclaringType?.FullName)
            {
                case "System.Threading.Monitor":
                    return !caller.Name.Contains("Enter", StringComparison.Ordinal);
                case "System.Threading.Lock" or "System.Threading.ReaderWriterLockSlim":
                    return false;
                case "System.Threading.WaitHandle":
                    // Locks are made of handles as well.
                    onHandle = true;
                    break;
                default:
                    return onHandle
                        || string.Equals(caller.DeclaringType?.Namespace, "System.Threading", StringComparison.Ordinal);
            }
        }

        return false;
    }
}
