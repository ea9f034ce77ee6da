namespace Deterministic.Simulation.Scheduling;

/// <summary>What is said of each escape: the call, and what to write instead.</summary>
internal static class EscapeMessages
{
    /// <param name="cause">How it left.</param>
    /// <param name="call">The call, as in <c>Task.Run</c>.</param>
    /// <param name="place">Where the program made it; null if unknown.</param>
    public static SimulationEscapeException Of(EscapeCause cause, string call, WaitPlace? place)
    {
        string where = place is null ? "" : $", in {place}";
        return new SimulationEscapeException(cause, $"{call} {Disruption(cause)}{where}. {Remedy(cause, call)}");
    }

    /// <param name="call">The call, or what else came.</param>
    /// <param name="thread">The thread that it came from.</param>
    public static SimulationEscapeException OfForeignCall(string call, Thread thread) =>
        new(
            EscapeCause.ForeignCall,
            $"{call} was called from {NameOf(thread)}, outside the simulation. {Remedy(EscapeCause.ForeignCall)}"
        );

    /// <param name="thread">The thread that code of the program runs on.</param>
    public static SimulationEscapeException OfForeignThread(Thread thread) =>
        Of(EscapeCause.ForeignThread, $"Code of the program that was passed to {NameOf(thread)}", place: null);

    /// <param name="limit">For how long an item may run.</param>
    /// <param name="scheduler">The run, whose thread stays in one item.</param>
    public static string OfEndlessItem(TimeSpan limit, SimulationScheduler scheduler) =>
        $"{scheduler.RunningMethodSeenFromOutside() ?? "Code"} on host '{scheduler.CurrentOwner}' has run for more than {limit.TotalSeconds:0.###} s of real time without an await "
        + $"({scheduler.Choices}, step {scheduler.StepsSeenFromOutside}, virtual time {scheduler.Now:c}). It can't be stopped, so the process ends. "
        + "End the loop, or await in it; if the computation is meant to take that long, raise RunLimits.ItemTime. In a debugger there is no such limit.";

    private static string Remedy(EscapeCause cause, string call) =>
        cause == EscapeCause.Continuation ? ContinuationRemedy(call) : Remedy(cause);

    /// <summary>The stack shows what completed the wait, not which kind of wait it was: the kinds that are possible are all named.</summary>
    private static string ContinuationRemedy(string call) =>
        call switch
        {
            "SemaphoreSlim.Release" =>
                "What waited was SemaphoreSlim.WaitAsync with a token or a time-out, a WaitAsync() inside WhenAny, WhenAll or AsTask, or one awaited with ConfigureAwait(false): each continues on the thread pool. "
                    + "Await WaitAsync() alone; where the wait must be cancelled, use a Channel with as many items as there are permits: ReadAsync(token) takes one, TryWrite gives it back.",
            "CancellationTokenSource.Cancel" =>
                "What was cancelled was SemaphoreSlim.WaitAsync with a token, or was awaited with ConfigureAwait(false): both continue on the thread pool. "
                    + "Leave ConfigureAwait(false) out; for a semaphore use a Channel with as many items as there are permits: ReadAsync(token) takes one, TryWrite gives it back.",
            _ =>
                "These waits continue on the thread pool, if the program itself completes them: what is awaited with ConfigureAwait(false) (leave it out); "
                    + "a task made with RunContinuationsAsynchronously, SemaphoreSlim.WaitAsync() or AsTask of a Channel's wait inside WhenAny, WhenAll, WhenEach, Unwrap or WaitAsync "
                    + "(leave RunContinuationsAsynchronously out, or await the task in an async method of its own and combine that); WhenEach (use WhenAny); a Channel's ReadAllAsync "
                    + "(give the channel AllowSynchronousContinuations); a Pipe (give it the inline schedulers).",
        };

    private static string Disruption(EscapeCause cause) =>
        cause switch
        {
            EscapeCause.ForeignThread => "runs outside the simulation",
            EscapeCause.ThreadPool => "hands work to a thread of the thread pool, outside the simulation",
            EscapeCause.Continuation =>
                "lets what follows an await go on on a thread of the thread pool, outside the simulation",
            EscapeCause.ParallelWork => "spreads work over threads, outside the simulation",
            EscapeCause.RealTimer => "starts a timer of the machine, in real time",
            EscapeCause.RealInputOutput => "asks the machine for input or output, outside the simulation",
            EscapeCause.BlockingWait => "blocks the simulator's only thread",
            _ => "is outside the simulation",
        };

    private static string Remedy(EscapeCause cause) =>
        cause switch
        {
            EscapeCause.ThreadPool =>
                "Start work with Task.Factory.StartNew on the simulation's TaskScheduler (or just call the async method) instead of Task.Run, and cancel with Cancel, not CancelAsync.",
            EscapeCause.ParallelWork =>
                "Use a plain loop, or Task.WhenAll over async methods: in a simulation they run in the order that the tape says.",
            EscapeCause.RealTimer =>
                "Pass the host's TimeProvider (that of its INetwork: network.TimeProvider): to Task.Delay, WaitAsync, PeriodicTimer and CancellationTokenSource, or call its CreateTimer. CancelAfter follows the provider that the source was made with.",
            EscapeCause.RealInputOutput =>
                "Talk to hosts of the simulation through its INetwork, and read files before the run begins.",
            EscapeCause.BlockingWait =>
                "Await it instead; let time pass with Task.Delay on the host's TimeProvider. Nothing else can run meanwhile, so nobody could end the wait.",
            EscapeCause.ForeignThread =>
                "Create no threads: start work with Task.Factory.StartNew on the simulation's TaskScheduler. What must have a thread of its own, such as a logger, is started before the run.",
            _ =>
                "Keep the program on the simulator's thread: start work with Task.Factory.StartNew on the simulation's TaskScheduler instead of Task.Run, "
                    + "wait with the host's TimeProvider instead of real timers, create no threads, and don't combine RunContinuationsAsynchronously or Task.Yield with ConfigureAwait(false).",
        };

    private static string NameOf(Thread thread) =>
        thread.IsThreadPoolThread ? "a thread of the thread pool" : $"the thread '{thread.Name ?? "without a name"}'";
}
