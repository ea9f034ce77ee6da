namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// Marks what runs in a simulation by the execution context, which the runtime takes along wherever code of the program is passed to: to a new thread, to a callback of the operating system.
/// Where the mark turns up on a foreign thread, something has left.
/// </summary>
internal static class FlowGuard
{
    private static readonly AsyncLocal<ThreadGuard?> Mark = new(OnChanged);

    /// <summary>Marks the caller's execution context, and all that comes from it.</summary>
    public static void Enter(ThreadGuard guard) => Mark.Value = guard;

    public static void Leave() => Mark.Value = null;

    private static void OnChanged(AsyncLocalValueChangedArgs<ThreadGuard?> change)
    {
        if (change is { ThreadContextChanged: true, CurrentValue: { IsOnThread: false } guard })
        {
            guard.Record(EscapeMessages.OfForeignThread(Thread.CurrentThread));
        }
    }
}
