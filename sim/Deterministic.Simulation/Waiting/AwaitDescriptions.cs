using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Deterministic.Simulation.Stacks;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Waiting;

/// <summary>What is awaited, in words. By the names of the runtime's types: a name that it does not know only costs detail.</summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2075",
    Justification = "What was trimmed away is not found, and the report says less."
)]
internal static class AwaitDescriptions
{
    private const string ItsTurn = "its turn to run";

    private const string Endless = "a timer that never ticks (Task.Delay without end)";

    public static string Of(object? awaited) =>
        awaited switch
        {
            null or Task { IsCompleted: true } => ItsTurn,
            IStreamWait wait => wait.Reason,
            Task { AsyncState: IWaitTarget target } => $"the answer of {target.PeerName} to a connect",
            Task task => OfTask(task),
            _ => OfSource(awaited.GetType()),
        };

    /// <summary>The connection of a wait, and its host; null if it is on none.</summary>
    public static (string Host, string Connection)? ConnectionOf(object? awaited) =>
        TargetOf(awaited) is { } target ? (target.HostName, target.ConnectionText) : null;

    private static IWaitTarget? TargetOf(object? awaited) =>
        awaited switch
        {
            IStreamWait wait => wait.Transport?.GetExtraInfo(IWaitTarget.ExtraInfo) as IWaitTarget,
            Task { AsyncState: IWaitTarget target } => target,
            _ => null,
        };

    private static string OfTask(Task task)
    {
        string type = task.GetType().ToString();
        return type switch
        {
            _ when Has(type, "WhenAll") => "all of several tasks (Task.WhenAll)",
            _ when Has(type, "WhenAny") || Has(type, "CompleteOnInvoke") => "any of several tasks (Task.WhenAny)",
            _ when Has(type, "SemaphoreSlim") => "a SemaphoreSlim (WaitAsync)",
            _ when Has(type, "DelayPromise") => IsEndless(task) ? Endless : "a timer (Task.Delay)",
            _ when Has(type, "CancellationPromise") => "a task, or a time-out or cancellation (WaitAsync)",
            _ when Has(type, "UnwrapPromise") => "a task inside a task (Task.Unwrap)",
            _ when Has(type, "ContinuationTask") || Has(type, "ContinuationResultTask") =>
                "a continuation (Task.ContinueWith)",
            _ when Has(type, "AsyncStateMachineBox") => "the end of an async method",
            _ when task.Status is TaskStatus.WaitingToRun or TaskStatus.Running => "a task that has been started",
            _ when task.Status == TaskStatus.Created => "a task that nobody has started",
            _ => "a task that nobody has completed, such as a TaskCompletionSource's",
        };
    }

    private static string OfSource(Type source) =>
        source.ToString() switch
        {
            var type when Has(type, "System.Threading.Channels") => Has(type, "Write")
                ? "room in a Channel"
                : "an item in a Channel",
            var type when Has(type, "PeriodicTimer") => "the next tick of a PeriodicTimer",
            _ when source.Name.StartsWith('<') => $"the next item of {MethodNames.Of(source)}",
            _ => $"a {source.Name}",
        };

    /// <summary>Whether it is awaited for as long as the program lives, so that it is no news: a server that serves, a delay without end.</summary>
    public static bool IsForEver(object? awaited) =>
        awaited is IStreamWait { LastsForever: true } || (awaited is Task task && IsEndless(task));

    /// <summary>A delay that has no timer.</summary>
    private static bool IsEndless(Task task)
    {
        for (Type? type = task.GetType(); type is not null; type = type.BaseType)
        {
            if (string.Equals(type.Name, "DelayPromise", StringComparison.Ordinal))
            {
                return type.GetField("_timer", BindingFlags.Instance | BindingFlags.NonPublic) is { } timer
                    && timer.GetValue(task) is null;
            }
        }

        return false;
    }

    private static bool Has(string type, string part) => type.Contains(part, StringComparison.Ordinal);
}
