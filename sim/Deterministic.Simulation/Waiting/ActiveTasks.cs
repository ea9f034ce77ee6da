using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Deterministic.Simulation.Waiting;

/// <summary>
/// The tasks that are not complete, as the runtime keeps them for debuggers: events have only the numbers of tasks. A runtime without this list is no error: waiters are then known by name only.
/// </summary>
[UnconditionalSuppressMessage(
    "Trimming",
    "IL2075",
    Justification = "What was trimmed away is not found, and the report says less."
)]
internal static class ActiveTasks
{
    private static readonly object Gate = new();
    private static readonly FieldInfo? Switch = StaticField("s_asyncDebuggingEnabled");
    private static readonly FieldInfo? List = StaticField("s_currentActiveTasks");
    private static int _users;
    private static bool _keptBefore;

    public static void Keep()
    {
        lock (Gate)
        {
            if (_users++ == 0 && Switch is not null)
            {
                // A debugger may have asked for the list, and still wants it afterwards.
                _keptBefore = Switch.GetValue(null) is true;
                Switch.SetValue(null, true);
            }
        }
    }

    public static void Forget()
    {
        lock (Gate)
        {
            if (--_users > 0 || _keptBefore || Switch is null)
            {
                return;
            }

            Switch.SetValue(null, false);
            if (List?.GetValue(null) is Dictionary<int, Task> list)
            {
                lock (list)
                {
                    // What completes from now on is not removed.
                    list.Clear();
                }
            }
        }
    }

    /// <returns>False if the task of that number is complete, or the runtime does not tell.</returns>
    public static bool TryFind(int id, [NotNullWhen(true)] out Task? task)
    {
        task = null;
        if (List?.GetValue(null) is not Dictionary<int, Task> list)
        {
            return false;
        }

        lock (list)
        {
            return list.TryGetValue(id, out task);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "As above.")]
    private static FieldInfo? StaticField(string name) =>
        typeof(Task).GetField(name, BindingFlags.Static | BindingFlags.NonPublic);
}
