using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

public sealed class EventuallyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void What_comes_true_in_time_is_no_finding()
    {
        Run(async world =>
        {
            Task late = Task.Delay(5 * Second, world.TimeProvider);
            await world.EventuallyAsync(() => late.IsCompleted, "late", 10 * Second, () => "It never came.");
            world.Note("went on");
        })
            .Finding.ShouldBeNull();
    }

    [Fact]
    public void What_does_not_is_one_once_its_time_is_over()
    {
        Finding finding = Run(world => world.EventuallyAsync(() => false, "never", 10 * Second, () => "It never came."))
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe("never");
        finding.Time.ShouldBe(10 * Second);
        finding.Detail.ShouldStartWith("It never came. (not within 00:00:10");
    }

    [Fact]
    public void What_is_true_already_takes_no_time()
    {
        Run(world => world.EventuallyAsync(() => true, "now", Second, () => "no")).VirtualTime.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Its_detail_is_built_once_the_time_is_over_and_it_names_its_line()
    {
        Finding finding = Run(world =>
        {
            int looks = 0;
            return world.EventuallyAsync(() => ++looks < 0, "never", 10 * Second, () => $"Looked {looks} times.");
        })
            .Finding.ShouldNotBeNull();
        finding.Detail.ShouldStartWith("Looked 20 times. (not within 00:00:10");
        finding.Place.ShouldNotBeNull().ToString().ShouldContain("EventuallyTests.cs:");
        finding.Place.Code.ShouldNotBeNull().ShouldContain("world.EventuallyAsync(() => ++looks");
    }

    [Fact]
    public void Whoever_waits_when_it_fails_is_named_and_those_who_are_expected_to_come_last()
    {
        Finding finding = Run(async world =>
        {
            world.StartHost("idle", static async _ => await Task.Delay(Timeout.InfiniteTimeSpan));
            world.StartHost(
                "server",
                static async network =>
                {
                    await using StreamServer server = await network.StartServerAsync(
                        async connection => await connection.Reader.ReadLineAsync(),
                        "server",
                        7
                    );
                    await server.ServeForeverAsync();
                }
            );
            await Task.Yield();
            await Task.Delay(Second, world.TimeProvider);
            await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
            client.Writer.Write("no line"u8);
            await world.EventuallyAsync(() => false, "answered", 10 * Second, () => "No answer.");
        })
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe("answered");
        finding.IsAboutWaiting.ShouldBeTrue();
        finding
            .Waiters.Select(waiter => $"{waiter.Owner}: {waiter.WaitsFor.Split('(')[1].Split(')')[0]}")
            .ShouldBe([
                "server: ReadLineAsync",
                "main: EventuallyAsync",
                "idle: Task.Delay without end",
                "server: ServeForeverAsync",
            ]);
        finding.Waiters.Select(waiter => waiter.IsExpected).ShouldBe([false, true, true, true]);
        finding.Waiters[0].Since.ShouldNotBeNull().ShouldBeInRange(Second, 2 * Second);
    }

    [Fact]
    public void The_faults_stop_there_and_what_they_held_up_goes_on()
    {
        // A partition that would last for the whole run, and a reset of every send.
        FaultProfile faults = FaultProfiles.Calm.With(
            Fault.Partition(TimeSpan.FromSeconds(1000)).Between("client", "server").At(Second),
            Fault.Reset().During(2 * Second, TimeSpan.FromHours(1))
        );
        int received = 0;
        SimulationRun run = Run(
            async world =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(
                        async connection => received = (await connection.Reader.ReadToEndAsync()).Length,
                        "server",
                        7
                    );
                Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
                await Task.Delay(1.5 * Second, world.TimeProvider);
                client.Writer.Write(new byte[100]);
                await Task.Delay(10 * Second, world.TimeProvider);
                received.ShouldBe(0, "the hosts cannot reach each other");
                Task healed = world.EventuallyAsync(() => received == 200, "arrives", 60 * Second, () => "It is lost.");
                client.Writer.Write(new byte[100]);
                client.Writer.WriteEof();
                await healed;
                await client.DisposeAsync();
            },
            faults
        );
        run.Finding.ShouldBeNull();
        received.ShouldBe(200);
    }

    [Fact]
    public void A_bound_that_is_none_is_refused()
    {
        Run(world => world.EventuallyAsync(() => true, "x", TimeSpan.Zero, () => "no"))
            .Finding.ShouldNotBeNull()
            .Detail.ShouldContain("within");
    }

    private static SimulationRun Run(Func<ScenarioWorld, Task> body, FaultProfile? faults = null) =>
        SimulationRunner.Run(
            new Play(body),
            seed: 1,
            new SimulationOptions { Faults = faults ?? FaultProfiles.Calm, Limits = World.Limits }
        );
}
