using System.Text.RegularExpressions;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tests;

public sealed partial class WaiterTests
{
    private const string NobodyCompletes = "a task that nobody has completed, such as a TaskCompletionSource's";

    private static readonly SimulationOptions Quick = new() { Faults = FaultProfiles.Calm, Limits = World.Limits };

    /// <summary>The program; its property; and of each waiter: who, for what, the method, the line of code, and the method that called it.</summary>
    public static TheoryData<Func<ScenarioWorld, Task>, string, string[]> Programs { get; } =
        new()
        {
            {
                Stuck.CrossedSemaphoresAsync,
                BuiltInProperties.NoDeadlock,
                [
                    "main|a SemaphoreSlim (WaitAsync)|Stuck.CrossedSemaphoresAsync.TakeBothAsync|await second.WaitAsync();|Stuck.CrossedSemaphoresAsync",
                    "main|a SemaphoreSlim (WaitAsync)|Stuck.CrossedSemaphoresAsync.TakeBothAsync|await second.WaitAsync();|Stuck.CrossedSemaphoresAsync",
                ]
            },
            {
                Stuck.ReadWhatNeverComesAsync,
                BuiltInProperties.NoDeadlock,
                [
                    "client #1 10.0.0.2:N with 10.0.0.1:N|the end of the stream (ReadToEndAsync)|Stuck.ReadWhatNeverComesAsync|await client.Reader.ReadToEndAsync();|",
                    "server #1 10.0.0.1:N with 10.0.0.2:N|a line (ReadLineAsync) with 11 bytes buffered|Stuck.SilentAsync|await reader.ReadLineAsync();|",
                ]
            },
            {
                Stuck.DrainToWhoDoesNotReadAsync,
                BuiltInProperties.NoDeadlock,
                [
                    "client #1 10.0.0.2:N with 10.0.0.1:N|room to write (DrainAsync) with N bytes queued, until no more than N are|Stuck.DrainToWhoDoesNotReadAsync|await client.Writer.DrainAsync();|",
                ]
            },
            {
                Stuck.NobodyCompletesAsync,
                BuiltInProperties.NoDeadlock,
                [$"main|{NobodyCompletes}|Stuck.NobodyCompletesAsync|await new TaskCompletionSource().Task;|"]
            },
            {
                Stuck.NobodyWritesToTheChannelAsync,
                BuiltInProperties.NoDeadlock,
                [
                    "main|an item in a Channel|Stuck.NobodyWritesToTheChannelAsync|sum += await channel.Reader.ReadAsync();|",
                ]
            },
            {
                Stuck.JoinedOnEachOtherAsync,
                BuiltInProperties.NoDeadlock,
                [
                    "main|the end of Stuck.SecondAsync|Stuck.JoinedOnEachOtherAsync.FirstAsync|await second!;|Stuck.SecondAsync",
                    "main|the end of Stuck.JoinedOnEachOtherAsync.FirstAsync|Stuck.SecondAsync|private static async Task SecondAsync(Task first) => await first;|Stuck.JoinedOnEachOtherAsync.FirstAsync",
                ]
            },
            {
                Stuck.ServeForEverAsync,
                BuiltInProperties.NoDeadlock,
                [
                    "main|the close of the server at 10.0.0.1:N, [fd00::1]:N (ServeForeverAsync), inside StreamServer.UntilClosedAsync|Stuck.ServeForEverAsync|await server.ServeForeverAsync();|",
                ]
            },
            {
                Stuck.WaitForTheCloseAsync,
                BuiltInProperties.NoDeadlock,
                [
                    "client #1 10.0.0.2:N with 10.0.0.1:N|the end of the connection (WaitClosedAsync)|Stuck.WaitForTheCloseAsync|await client.Writer.WaitClosedAsync();|",
                    "server #1 10.0.0.1:N with 10.0.0.2:N|a line (ReadLineAsync)|Stuck.SilentAsync|await reader.ReadLineAsync();|",
                ]
            },
            {
                Stuck.AwaitAnIteratorAsync,
                BuiltInProperties.NoDeadlock,
                [
                    $"main|{NobodyCompletes}|Stuck.AwaitAnIteratorAsync.NumbersAsync|await new TaskCompletionSource().Task;|Stuck.AwaitAnIteratorAsync",
                ]
            },
            {
                Stuck.ForgottenAsync,
                BuiltInProperties.NoDeadlock,
                [
                    "main|the next tick of a PeriodicTimer|Stuck.ForgottenAsync.TickAsync|static async Task TickAsync(PeriodicTimer timer) => await timer.WaitForNextTickAsync();|",
                    "main|a task inside a task (Task.Unwrap)|Stuck.ForgottenAsync|await started;|",
                ]
            },
            {
                Stuck.SpinAsync,
                BuiltInProperties.NoLivelock,
                ["main|its turn to run|Stuck.SpinAsync|await Task.Yield();|"]
            },
            {
                Stuck.TickForEverAsync,
                BuiltInProperties.EndsInTime,
                [
                    "main|a timer (Task.Delay)|Stuck.TickForEverAsync|await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);|",
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Programs), DisableDiscoveryEnumeration = true)]
    public void A_program_that_does_not_end_names_each_waiter_what_it_waits_for_and_where(
        Func<ScenarioWorld, Task> program,
        string property,
        string[] waiters
    )
    {
        Finding finding = SimulationRunner.Run(new Play(program), seed: 1, Quick).Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(property);
        finding.Waiters.Select(Facts).ShouldBe(waiters);
        finding.Waiters.ShouldAllBe(waiter => waiter.Place!.File!.EndsWith("Stuck.cs") && waiter.Since <= finding.Time);
    }

    [Fact]
    public void A_task_that_no_method_awaits_is_named_as_well()
    {
        Finding finding = SimulationRunner.Run(new Play(Stuck.AloneAsync), seed: 1, Quick).Finding.ShouldNotBeNull();
        finding.Waiters.ShouldHaveSingleItem().ShouldBe(new Waiter { Owner = "main", WaitsFor = NobodyCompletes });
    }

    [Fact]
    public void An_unanswered_connect_names_who_does_not_answer()
    {
        // Well before TCP gives up.
        SimulationOptions impatient = Quick with
        {
            Limits = World.Limits with { VirtualTime = TimeSpan.FromSeconds(5) },
        };
        Finding finding = SimulationRunner
            .Run(new Play(Stuck.ConnectToWhoDoesNotAnswerAsync), seed: 1, impatient)
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.EndsInTime);
        finding
            .Waiters.Select(Facts)
            .ShouldBe([
                "client #5 10.0.0.2:N with 10.0.0.1:N|the answer of server to a connect, inside NetworkExtensions.OpenConnectionAsync|Stuck.ConnectToWhoDoesNotAnswerAsync|await network.OpenConnectionAsync(server.EndPoints[0]);|",
            ]);
    }

    [Fact]
    public void A_waiter_reads_as_a_sentence_with_its_code_and_its_callers()
    {
        Finding finding = SimulationRunner
            .Run(new Play(Stuck.CrossedSemaphoresAsync), seed: 1, Quick)
            .Finding.ShouldNotBeNull();
        Waiter waiter = finding.Waiters[0];
        waiter
            .ToString()
            .ShouldBe(
                $"""
                main waits for a SemaphoreSlim (WaitAsync), since 1.000 s, in Stuck.CrossedSemaphoresAsync.TakeBothAsync, Stuck.cs:{waiter.Place!.Line}
                    await second.WaitAsync();
                  called from Stuck.CrossedSemaphoresAsync, Stuck.cs:{waiter.CalledFrom[0].Line}
                """
            );
    }

    [Fact]
    public void What_spins_is_told_by_how_often_it_was_resumed()
    {
        Finding finding = SimulationRunner.Run(new Play(Stuck.SpinAsync), seed: 1, Quick).Finding.ShouldNotBeNull();
        finding.Waiters.ShouldHaveSingleItem().Resumptions.ShouldBe(World.Limits.Steps - 1);
        finding.Waiters[0].ToString().ShouldContain($"after {World.Limits.Steps - 1} resumptions");
    }

    [Fact]
    public void Listening_changes_nothing_about_a_run()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            (RunResult deaf, ulong deafHash) = Chat(seed, World.Limits);
            (RunResult explained, ulong explainedHash) = Chat(seed, World.Limits with { ExplainWaits = true });
            explained.ShouldBe(deaf);
            explainedHash.ShouldBe(deafHash);
        }
    }

    [Fact]
    public void A_run_of_a_world_says_who_waits_only_if_asked()
    {
        new SimulatedWorld(1).Run(() => Stuck.NobodyWaitedForAsync(), World.Limits).Waiters.ShouldBeEmpty();
        RunResult result = new SimulatedWorld(1).Run(
            () => Stuck.NobodyWaitedForAsync(),
            World.Limits with
            {
                ExplainWaits = true,
            }
        );
        result.Waiters.ShouldHaveSingleItem().Place!.Method.ShouldBe("Stuck.NobodyWaitedForAsync");
    }

    [Fact]
    public void A_search_may_do_without()
    {
        SimulationRun run = SimulationRunner.Run(
            new Play(Stuck.NobodyCompletesAsync),
            seed: 1,
            Quick with
            {
                ExplainWaits = false,
            }
        );
        run.Finding.ShouldNotBeNull().Waiters.ShouldBeEmpty();
    }

    [Fact]
    public void A_program_that_runs_otherwise_the_second_time_is_said_to_be_not_deterministic()
    {
        int runs = 0;
        Play play = new(async world =>
        {
            world.Note($"run {runs++}");
            await new TaskCompletionSource().Task;
        });
        Finding finding = SimulationRunner.Run(play, seed: 1, Quick).Finding.ShouldNotBeNull();
        runs.ShouldBe(2);
        finding.Waiters.ShouldBeEmpty();
        finding.Detail.ShouldEndWith("so the program is not deterministic.");
    }

    [Fact]
    public void A_run_that_ends_is_made_once()
    {
        int runs = 0;
        Play play = new(_ =>
        {
            runs++;
            return Task.CompletedTask;
        });
        SimulationRunner.Run(play, seed: 1, Quick).Finding.ShouldBeNull();
        runs.ShouldBe(1);
    }

    private static (RunResult Result, ulong Hash) Chat(ulong seed, RunLimits limits)
    {
        SimulatedWorld world = new(seed, FaultProfiles.Hostile);
        RunResult result = world.Run(() => Stuck.TalkAsync(world), limits);
        return (result, world.Trace.Hash);
    }

    /// <summary>Without the numbers that depend on how large buffers are and which ports are taken.</summary>
    private static string Facts(Waiter waiter) => LongNumber().Replace(AllFacts(waiter), "N");

    [GeneratedRegex(@"\d{3,}", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();

    private static string AllFacts(Waiter waiter) =>
        string.Join(
            '|',
            waiter.Connection is null ? waiter.Owner : $"{waiter.Owner} {waiter.Connection}",
            waiter.WaitsFor,
            waiter.Place?.Method,
            waiter.Place?.Code,
            string.Join(", ", waiter.CalledFrom.Select(place => place.Method))
        );
}
