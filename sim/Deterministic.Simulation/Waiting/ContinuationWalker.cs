using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Deterministic.Simulation.Waiting;

/// <summary>What continues once a task is complete: through <c>WhenAll</c>, <c>Unwrap</c>, <c>ContinueWith</c> and the like, up to the async methods.</summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2075",
    Justification = "What was trimmed away is not found, and the report says less."
)]
internal static class ContinuationWalker
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly FieldInfo? Continuation = typeof(Task).GetField("m_continuationObject", Fields);

    /// <summary>The nearest tasks that fit.</summary>
    public static IReadOnlyList<Task> Of(Task task, Predicate<Task> fits)
    {
        List<Task> found = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance) { task };
        Stack<object?> open = new([Continuation?.GetValue(task)]);
        while (open.TryPop(out object? follower))
        {
            if (follower is null || !seen.Add(follower))
            {
                continue;
            }

            switch (follower)
            {
                case Task next when fits(next):
                    found.Add(next);
                    break;
                case Task next:
                    open.Push(Continuation?.GetValue(next));
                    break;
                case Delegate action:
                    open.Push(action.Target);
                    break;
                case List<object?> many:
                    many.ForEach(open.Push);
                    break;
                case var other when other.GetType().Assembly == typeof(Task).Assembly:
                    PushParts(other, open);
                    break;
            }
        }

        return found;
    }

    /// <summary>The runtime's own wrappers of a continuation. Not what belongs to the program: its closures hold tasks that have nothing to do with this one.</summary>
    private static void PushParts(object wrapper, Stack<object?> open)
    {
        foreach (FieldInfo field in wrapper.GetType().GetFields(Fields))
        {
            if (field.GetValue(wrapper) is var part and (Task or Delegate))
            {
                open.Push(part);
            }
        }
    }
}
