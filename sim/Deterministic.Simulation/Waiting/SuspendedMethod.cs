using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Threading.Tasks.Sources;

namespace Deterministic.Simulation.Waiting;

/// <summary>A call of an async method that waits: what the compiler made of it, looked into as a debugger does.</summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2075",
    Justification = "What was trimmed away is not found, and the report says less."
)]
internal sealed class SuspendedMethod
{
    private const BindingFlags Fields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>How deep an awaiter hides what is awaited: a ValueTask in an awaiter in a configured awaitable, and one to spare.</summary>
    private const int AwaiterDepth = 4;

    private SuspendedMethod(Task task, AsyncMethodRecord record, object stateMachine)
    {
        Task = task;
        Record = record;
        StateMachine = stateMachine;
        foreach (FieldInfo field in stateMachine.GetType().GetFields(Fields))
        {
            if (string.Equals(field.Name, "<>1__state", StringComparison.Ordinal))
            {
                State = field.GetValue(stateMachine) as int? ?? -1;
            }
            else if (field.Name.StartsWith("<>u__", StringComparison.Ordinal))
            {
                // All but the awaiter that is in use are blank.
                Awaited ??= AwaitedIn(field.GetValue(stateMachine), AwaiterDepth);
            }
        }
    }

    public Task Task { get; }

    public AsyncMethodRecord Record { get; }

    public object StateMachine { get; }

    /// <summary>Which of its awaits, from 0; negative if none.</summary>
    public int State { get; } = -1;

    /// <summary>The task, or the source of a ValueTask; null if it is neither.</summary>
    public object? Awaited { get; }

    /// <summary>Null if the task is no async method's.</summary>
    public static SuspendedMethod? Of(Task task, AsyncMethodRecord record)
    {
        for (Type? type = task.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField("StateMachine", Fields)?.GetValue(task) is { } stateMachine)
            {
                return new SuspendedMethod(task, record, stateMachine);
            }
        }

        return null;
    }

    private static object? AwaitedIn(object? value, int depth)
    {
        if (value is null or System.Threading.Tasks.Task || IsSource(value))
        {
            return value;
        }

        return depth == 0 || !value.GetType().IsValueType || value.GetType().IsPrimitive
            ? null
            : value
                .GetType()
                .GetFields(Fields)
                .Select(field => AwaitedIn(field.GetValue(value), depth - 1))
                .FirstOrDefault(found => found is not null);
    }

    private static bool IsSource(object value) =>
        value is IValueTaskSource
        || value
            .GetType()
            .GetInterfaces()
            .Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValueTaskSource<>));
}
