using System.Reflection;
using Deterministic.Simulation.Stacks;

namespace Deterministic.Simulation.Scheduling;

/// <summary>The names of calls that the compiler has folded away, by what they call.</summary>
internal static class CallNames
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["Task.GetResultCore"] = "Task.Result",
        ["Task.InternalWait"] = "Task.Wait",
        ["TaskAwaiter.HandleNonSuccessAndDebuggerNotification"] = "GetAwaiter().GetResult",
        ["SemaphoreSlim.WaitCore"] = "SemaphoreSlim.Wait",
        ["SemaphoreSlim.WaitAsyncCore"] = "SemaphoreSlim.WaitAsync",
        ["CancellationTokenSource.ExecuteCallbackHandlers"] = "CancellationTokenSource.Cancel",
        ["WaitHandle.WaitOneNoCheck"] = "WaitHandle.WaitOne",
        ["WaitHandle.WaitMultiple"] = "WaitHandle.WaitAny or WaitAll",
        ["Timer.TimerSetup"] = "new Timer",
        ["Thread.SleepInternal"] = "Thread.Sleep",
    };

    /// <summary>Null for a method that has its own name.</summary>
    public static string? Of(MethodBase method) => Known.GetValueOrDefault(MethodNames.Of(method));
}
