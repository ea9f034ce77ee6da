using System.Net;
using System.Net.Sockets;

namespace Deterministic.Simulation.Tests;

public sealed class LeavingTests
{
    private readonly World _world = new();

    /// <summary>The program, how it leaves, and the call that the error names.</summary>
    public static TheoryData<Func<TimeProvider, Task>, EscapeCause, string> Programs { get; } =
        new()
        {
            { Leaving.TaskRun, EscapeCause.ThreadPool, "Task.Run" },
            { Leaving.QueueToThePool, EscapeCause.ThreadPool, "ThreadPool.QueueUserWorkItem" },
            { Leaving.StartOnTheDefaultScheduler, EscapeCause.ThreadPool, "TaskFactory.StartNew" },
            { Leaving.ContinueWith, EscapeCause.ThreadPool, "Task.ContinueWith" },
            { Leaving.CancelAsync, EscapeCause.ThreadPool, "CancellationTokenSource.CancelAsync" },
            { Leaving.CompleteAsynchronously, EscapeCause.Continuation, "TaskCompletionSource.SetResult" },
            { Leaving.CompleteUnderAContext, EscapeCause.Continuation, "TaskCompletionSource.SetResult" },
            { Leaving.YieldToThePool, EscapeCause.Continuation, "An await" },
            { Leaving.ReadAChannelWithoutContext, EscapeCause.Continuation, "UnboundedChannelWriter.TryWrite" },
            { Leaving.ReleaseASemaphoreWithoutContext, EscapeCause.Continuation, "SemaphoreSlim.Release" },
            { Leaving.ReleaseASemaphoreThatIsAwaitedWithAToken, EscapeCause.Continuation, "SemaphoreSlim.Release" },
            { Leaving.CancelAWaitForASemaphore, EscapeCause.Continuation, "CancellationTokenSource.Cancel" },
            { Leaving.AwaitAnyWithASemaphore, EscapeCause.Continuation, "SemaphoreSlim.Release" },
            { Leaving.AwaitAllWithAnAsynchronousSource, EscapeCause.Continuation, "TaskCompletionSource.SetResult" },
            { Leaving.ParallelFor, EscapeCause.ParallelWork, "Parallel.For" },
            { Leaving.ParallelForEachAsync, EscapeCause.ParallelWork, "Parallel.ForEachAsync" },
            { Leaving.ParallelQuery, EscapeCause.ParallelWork, "ParallelEnumerable.ToArray" },
            { Leaving.Delay, EscapeCause.RealTimer, "Task.Delay" },
            { Leaving.NewTimer, EscapeCause.RealTimer, "new Timer" },
            { Leaving.TimersTimer, EscapeCause.RealTimer, "Timer.Enabled" },
            { Leaving.NewPeriodicTimer, EscapeCause.RealTimer, "new PeriodicTimer" },
            { Leaving.CancelAfter, EscapeCause.RealTimer, "CancellationTokenSource.CancelAfter" },
            { Leaving.WaitWithTimeOut, EscapeCause.RealTimer, "Task.WaitAsync" },
            { Leaving.SemaphoreWithTimeOut, EscapeCause.RealTimer, "SemaphoreSlim.WaitAsync" },
            { Leaving.HttpRequest, EscapeCause.RealInputOutput, "HttpClient.SendAsync" },
            { Leaving.ResolveAName, EscapeCause.RealInputOutput, "Dns.GetHostAddressesAsync" },
            { Leaving.ReadAFile, EscapeCause.RealInputOutput, "File.InternalReadAllBytesAsync" },
            { Leaving.WaitForATask, EscapeCause.BlockingWait, "Task.Wait" },
            { Leaving.TakeAResult, EscapeCause.BlockingWait, "Task.Result" },
            { Leaving.GetAResult, EscapeCause.BlockingWait, "GetAwaiter().GetResult" },
            { Leaving.WaitForAll, EscapeCause.BlockingWait, "Task.WaitAll" },
            { Leaving.WaitForASemaphore, EscapeCause.BlockingWait, "SemaphoreSlim.Wait" },
            { Leaving.MonitorWait, EscapeCause.BlockingWait, "Monitor.Wait" },
            { Leaving.WaitForAnEvent, EscapeCause.BlockingWait, "ManualResetEventSlim.Wait" },
            { Leaving.WaitForAHandle, EscapeCause.BlockingWait, "WaitHandle.WaitOne" },
            { Leaving.WaitForABarrier, EscapeCause.BlockingWait, "Barrier.SignalAndWait" },
        };

    /// <summary>A wait, and what the error calls it: nobody wrote ConfigureAwait(false) there.</summary>
    public static TheoryData<Func<TimeProvider, Task>, string, string> Waits { get; } =
        new()
        {
            {
                Leaving.ReleaseASemaphoreThatIsAwaitedWithAToken,
                "What waited was SemaphoreSlim.WaitAsync with a token",
                "use a Channel"
            },
            {
                Leaving.CancelAWaitForASemaphore,
                "What was cancelled was SemaphoreSlim.WaitAsync with a token",
                "use a Channel"
            },
            { Leaving.AwaitAnyWithASemaphore, "a WaitAsync() inside WhenAny", "Await WaitAsync() alone" },
            {
                Leaving.AwaitAllWithAnAsynchronousSource,
                "a task made with RunContinuationsAsynchronously",
                "leave RunContinuationsAsynchronously out"
            },
            { Leaving.AwaitEach, "WhenEach", "use WhenAny" },
        };

    [Theory]
    [MemberData(nameof(Waits), DisableDiscoveryEnumeration = true)]
    public void A_wait_of_the_runtime_that_continues_on_the_pool_is_named_as_such(
        Func<TimeProvider, Task> program,
        string wait,
        string remedy
    )
    {
        RunResult result = _world.Run(() => program(_world.Time));
        result.Exception!.Message.ShouldContain(wait);
        result.Exception!.Message.ShouldContain(remedy);
    }

    /// <summary>Nothing is seen to leave: the machine's answer comes in from outside, when it comes.</summary>
    [Fact]
    public void A_real_socket_stops_the_run_when_its_answer_comes()
    {
        using Socket listener = new(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        listener.Listen();
        using Socket client = new(SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        using Socket server = listener.Accept();
        RunResult result = _world.Scheduler.Run(
            async () =>
            {
                // An item of its own, so that nothing has been sent when the wait begins.
                _world.Scheduler.Post("test", _ => server.Send("answer"u8));
                await client.ReceiveAsync(new byte[10]);
            },
            World.Limits with
            {
                EscapeGrace = TimeSpan.FromMinutes(1),
            }
        );
        result.Outcome.ShouldBe(RunOutcome.Escaped);
        result.Exception!.Message.ShouldContain("a continuation of the program");
    }

    [Theory]
    [MemberData(nameof(Programs), DisableDiscoveryEnumeration = true)]
    public void What_leaves_the_simulation_stops_the_run_and_names_the_call_and_where_it_was_made(
        Func<TimeProvider, Task> program,
        EscapeCause cause,
        string call
    )
    {
        RunResult result = _world.Run(() => program(_world.Time));
        result.Outcome.ShouldBe(RunOutcome.Escaped);
        SimulationEscapeException escape = result.Exception.ShouldBeOfType<SimulationEscapeException>();
        escape.Message.ShouldStartWith($"{call} ");
        escape.Message.ShouldContain($", in Leaving.{program.Method.Name}");
        escape.Message.ShouldContain(", Leaving.cs:");
        escape.Cause.ShouldBe(cause);
    }
}
