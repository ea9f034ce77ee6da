using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Stacks;

namespace Deterministic.Simulation.Waiting;

/// <summary>The method of the program that an item runs or continues, found through the delegates and the runtime's wrappers that lead to it.</summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2075",
    Justification = "What was trimmed away is not found, and then no name is given."
)]
internal static class ItemNames
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Far more wrappers than the runtime and this library put around a callback.</summary>
    private const int MaxParts = 100;

    /// <summary>The method's name, or null if none of the program is found.</summary>
    public static string? Of(in ReadyItem item)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Queue<object> open = new();
        Add(item.State);
        Add(item.Callback);
        for (int parts = 0; parts < MaxParts && open.TryDequeue(out object? part); parts++)
        {
            switch (part)
            {
                case Delegate callback when ProgramCode.Contains(callback.Method.Module.Assembly):
                    return MethodNames.Of(callback.Method);
                case Delegate callback:
                    Add(callback.Target);
                    break;
                case Task task when StateMachineOf(task) is { } machine:
                    return MethodNames.Of(machine);
                case var wrapper when !ProgramCode.Contains(wrapper.GetType().Assembly):
                    AddParts(wrapper);
                    break;
            }
        }

        return null;

        void Add(object? part)
        {
            if (part is not null && seen.Add(part))
            {
                open.Enqueue(part);
            }
        }

        void AddParts(object wrapper)
        {
            foreach (FieldInfo field in wrapper.GetType().GetFields(Fields))
            {
                if (!field.FieldType.IsValueType)
                {
                    Add(field.GetValue(wrapper));
                }
            }
        }
    }

    /// <summary>The task of an async method is the runtime's box of its state machine.</summary>
    private static Type? StateMachineOf(Task task) =>
        Array.Find(
            task.GetType().GenericTypeArguments,
            static type =>
                type.IsAssignableTo(typeof(System.Runtime.CompilerServices.IAsyncStateMachine))
                && ProgramCode.Contains(type.Assembly)
        );
}
