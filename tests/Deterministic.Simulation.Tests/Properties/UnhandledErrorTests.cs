using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Protocols;

namespace Deterministic.Simulation.Tests;

/// <summary>An exception that the program throws and does not catch fails the run, wherever it is thrown.</summary>
public sealed class UnhandledErrorTests
{
    private const string Bug = "the handler is wrong";

    public static TheoryData<string, Func<SimulatedWorld, Task>> Programs { get; } =
        new()
        {
            { "a handler", world => ServeAsync(world, _ => throw new InvalidOperationException(Bug)) },
            { "a handler after its first await", world => ServeAsync(world, ThrowAfterReadAsync) },
            { "a handler over TLS", world => ServeAsync(world, ThrowAfterReadAsync, Secured) },
            { "a handler whose server has an OnError", world => ServeAsync(world, ThrowAfterReadAsync, Silent) },
            {
                "OnError",
                world =>
                    ServeAsync(
                        world,
                        _ => throw new ConnectionException("lost"),
                        Throwing(new InvalidOperationException("first"))
                    )
            },
            { "a listener of ConnectionFailed", ThrowInConnectionFailedAsync },
            { "a handler of a Unix socket", ServeUnixAsync },
            { "a protocol of a server", ServeProtocolAsync },
            { "a background task", ForgetAsync },
            { "a background task of a host", world => RunOnHostAsync(world, ForgetAsync) },
            { "a timer", StartTimerAsync },
            { "a timer with an async callback", StartAsyncTimerAsync },
            { "an async void method", VoidAsync },
        };

    [Theory]
    [MemberData(nameof(Programs), DisableDiscoveryEnumeration = true)]
    public void What_the_program_throws_and_does_not_catch_fails_the_run(string who, Func<SimulatedWorld, Task> program)
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(() => program(world), World.Limits);
        result.Outcome.ShouldBe(RunOutcome.Faulted, who);
        InvalidOperationException thrown = result.Exception.ShouldBeOfType<InvalidOperationException>(who);
        thrown.Message.ShouldBe(Bug);
        thrown.StackTrace.ShouldNotBeNull().ShouldContain(nameof(UnhandledErrorTests));
    }

    [Fact]
    public void What_is_expected_by_name_is_no_failure_and_everything_else_still_is()
    {
        Outcome(world => world.ExpectUnhandled<InvalidOperationException>()).ShouldBe(RunOutcome.Completed);
        Outcome(world => world.ExpectUnhandled(error => error.Message == Bug)).ShouldBe(RunOutcome.Completed);
        Outcome(world => world.ExpectUnhandled<FormatException>()).ShouldBe(RunOutcome.Faulted);

        static RunOutcome Outcome(Action<ScenarioWorld> expect)
        {
            RunOutcome[] outcomes =
            [
                .. new Func<SimulatedWorld, Task>[]
                {
                    world => ServeAsync(world, ThrowAfterReadAsync),
                    ForgetAsync,
                }.Select(program =>
                {
                    SimulatedWorld world = new(1);
                    expect(world);
                    return world.Run(() => program(world), World.Limits).Outcome;
                }),
            ];
            outcomes[1].ShouldBe(outcomes[0]);
            return outcomes[0];
        }
    }

    [Fact]
    public void The_finding_says_on_which_host_when_and_where_and_has_the_exception()
    {
        SimulatedWorld world = new(1, keepTrace: true);
        Finding finding = world
            .Run(() => ServeAsync(world, ThrowAfterReadAsync), World.Limits)
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.NoHandlerError);
        finding.Detail.ShouldBe($"InvalidOperationException: {Bug}");
        finding.Host.ShouldBe("server");
        finding.Time.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        finding.Error.ShouldBeOfType<InvalidOperationException>();
        finding.Place.ShouldNotBeNull().Method.ShouldBe("UnhandledErrorTests.ThrowAfterReadAsync");
        finding.Place.Code.ShouldBe("throw new InvalidOperationException(Bug);");
        TraceEvent last = world.Trace.Events[^1];
        (last.Kind, last.Host, last.Time).ShouldBe((TraceKind.Exception, "server", finding.Time));
    }

    [Fact]
    public void Of_tasks_that_are_not_awaited_the_first_to_fail_is_found_with_its_host_and_time()
    {
        SimulatedWorld world = new(1);
        Finding finding = world
            .Run(
                () =>
                {
                    world
                        .Host("server")
                        .Start(async host =>
                        {
                            await Task.Delay(TimeSpan.FromMilliseconds(500), host.TimeProvider);
                            await ForgetAsync(world);
                        });
                    return RunOnHostAsync(
                        world,
                        async here =>
                        {
                            await Task.Delay(TimeSpan.FromMilliseconds(600), world.TimeProvider);
                            _ = ThrowLaterAsync(here);
                        },
                        "client"
                    );
                },
                World.Limits
            )
            .Finding.ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.NoUnobservedFailure);
        (finding.Host, finding.Time).ShouldBe(("server", TimeSpan.FromMilliseconds(510)));
        finding.Place.ShouldNotBeNull().Method.ShouldBe("UnhandledErrorTests.ThrowLaterAsync");
    }

    [Fact]
    public void A_world_that_has_failed_can_run_again()
    {
        SimulatedWorld world = new(1);
        world.Run(() => ServeAsync(world, ThrowAfterReadAsync), World.Limits).Outcome.ShouldBe(RunOutcome.Faulted);
        world.Run(() => Task.CompletedTask, World.Limits).ThrowIfNotCompleted();
        world.Finding.ShouldBeNull();
    }

    private static ServerOptions Secured => new() { Tls = new TlsServerOptions(Certificates.Issue("server")) };

    private static ServerOptions Silent => new() { OnError = _ => { } };

    private static ServerOptions Throwing(Exception ignored) =>
        new() { OnError = error => throw new InvalidOperationException(Bug, ignored) };

    internal static async Task ServeAsync(
        SimulatedWorld world,
        Func<Connection, Task> handler,
        ServerOptions? options = null
    )
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(handler, "server", 7, options);
        ClientOptions? secured = options?.Tls is null
            ? null
            : new() { Tls = new TlsClientOptions { Authentication = Certificates.ClientAuthentication() } };
        await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7, secured);
        await TalkAsync(world, client);
    }

    private static async Task TalkAsync(SimulatedWorld world, Connection client)
    {
        try
        {
            client.Writer.Write("hello\n"u8);
            await client.Reader.ReadToEndAsync();
        }
        catch (ConnectionException)
        {
            // The handler's failure resets the connection; this program expects that.
        }

        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    private static async Task ThrowAfterReadAsync(Connection connection)
    {
        await connection.Reader.ReadLineAsync();
        throw new InvalidOperationException(Bug);
    }

    private static async Task ThrowInConnectionFailedAsync(SimulatedWorld world)
    {
        ServerOptions options = new() { StartServing = false };
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(_ => throw new ConnectionException("lost"), "server", 7, options);
        server.ConnectionFailed += (_, _) => throw new InvalidOperationException(Bug);
        server.StartServing();
        await TalkAsync(world, await world.Host("client").OpenConnectionAsync("server", 7));
    }

    private static async Task ServeUnixAsync(SimulatedWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartUnixServerAsync(ThrowAfterReadAsync, "/run/it");
        await TalkAsync(world, await world.Host("server").OpenUnixConnectionAsync("/run/it"));
    }

    private static async Task ServeProtocolAsync(SimulatedWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartProtocolServerAsync(static () => new ThrowingProtocol(), "server", 7);
        await TalkAsync(world, await world.Host("client").OpenConnectionAsync("server", 7));
    }

    private static Task RunOnHostAsync(SimulatedWorld world, Func<SimulatedWorld, Task> program, string host = "server")
    {
        world.Host(host).Start(_ => program(world));
        return Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
    }

    private static Task ForgetAsync(SimulatedWorld world)
    {
        _ = ThrowLaterAsync(world);
        return Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    private static async Task ThrowLaterAsync(SimulatedWorld world)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(10), world.TimeProvider);
        throw new InvalidOperationException(Bug);
    }

    private static async Task StartTimerAsync(SimulatedWorld world)
    {
        await using ITimer timer = world.TimeProvider.CreateTimer(
            _ => throw new InvalidOperationException(Bug),
            null,
            TimeSpan.FromMilliseconds(10),
            Timeout.InfiniteTimeSpan
        );
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

#pragma warning disable MA0147, VSTHRD100, VSTHRD101 // Such code is what is tested.
    private static async Task StartAsyncTimerAsync(SimulatedWorld world)
    {
        await using ITimer timer = world.TimeProvider.CreateTimer(
            async _ => await ThrowLaterAsync(world),
            null,
            TimeSpan.FromMilliseconds(10),
            Timeout.InfiniteTimeSpan
        );
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    private static Task VoidAsync(SimulatedWorld world)
    {
        ThrowVoid();
        return Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);

        async void ThrowVoid() => await ThrowLaterAsync(world);
    }
#pragma warning restore MA0147, VSTHRD100, VSTHRD101

    private sealed class ThrowingProtocol : StreamProtocol
    {
        public override void DataReceived(System.Buffers.ReadOnlySequence<byte> data) =>
            throw new InvalidOperationException(Bug);
    }
}
