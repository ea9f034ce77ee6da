using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>What the program throws where nothing of it catches the exception.</summary>
public sealed class UnhandledErrorTests
{
    private const string Bug = "the handler is wrong";

    private static readonly Task Never = new TaskCompletionSource().Task;

    public static TheoryData<string, Func<SimulatedWorld, Task>> Programs { get; } =
        new()
        {
            { "a handler", world => ServeAsync(world, _ => throw new InvalidOperationException(Bug)) },
            { "a handler after its first await", world => ServeAsync(world, ThrowAfterReadAsync) },
            { "a handler over TLS", world => ServeAsync(world, ThrowAfterReadAsync, Secured) },
            { "a handler whose server has an OnError", world => ServeAsync(world, ThrowAfterReadAsync, Silent) },
            {
                "OnError",
                world => ServeAsync(world, _ => throw new ConnectionException("lost"), Throwing(new Exception("first")))
            },
            { "a listener of ConnectionFailed", ThrowInConnectionFailedAsync },
            { "a handler of a Unix socket", ServeUnixAsync },
            { "a protocol of a server", ServeProtocolAsync },
            { "a background task", ForgetAsync },
            { "a background task of a host", world => RunOnHostAsync(world, ForgetAsync) },
            { "a background task that its host keeps", KeepOnHostAsync },
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

    private static ServerOptions Secured => new() { Tls = new TlsServerOptions(Certificates.Issue("server")) };

    private static ServerOptions Silent => new() { OnError = _ => { } };

    private static ServerOptions Throwing(Exception ignored) =>
        new() { OnError = error => throw new InvalidOperationException(Bug, ignored) };

    private static async Task ServeAsync(
        SimulatedWorld world,
        Func<Connection, Task> handler,
        ServerOptions? options = null
    )
    {
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(handler, "server", 7, options);
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
            // The handler's failure resets the connection, which this program takes for a loss.
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

    private static Task RunOnHostAsync(SimulatedWorld world, Func<SimulatedWorld, Task> program)
    {
        world.Host("server").Start(_ => program(world));
        return Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
    }

    private static Task ForgetAsync(SimulatedWorld world)
    {
        _ = ThrowLaterAsync(world);
        return Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    private static Task KeepOnHostAsync(SimulatedWorld world)
    {
        world
            .Host("server")
            .Start(async host =>
            {
                Task background = ThrowLaterAsync(world);
                await using StreamServer server = await host.StartServerAsync(_ => Never);
                await server.ServeForeverAsync();
                await background;
            });
        return Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
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

    private sealed class ThrowingProtocol : StreamProtocol
    {
        public override void DataReceived(System.Buffers.ReadOnlySequence<byte> data) => throw new InvalidOperationException(Bug);
    }
}
