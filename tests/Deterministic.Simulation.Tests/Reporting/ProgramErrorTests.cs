#pragma warning disable MA0022, VSTHRD114 // What becomes of a program that returns null is what is tested.
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Protocols;

namespace Deterministic.Simulation.Tests;

/// <summary>What the program's code did is reported as that, also where the platform or this library called the code, awaited its task or wrapped its exception.</summary>
public sealed class ProgramErrorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    public static TheoryData<string, Func<SimulatedWorld, Task>> Callbacks =>
        new()
        {
            { "FormatException: mine", world => CancelAsync(world, static token => token.Register(Throw)) },
            {
                "InvalidOperationException: mine (and 1 more)",
                world =>
                    CancelAsync(
                        world,
                        static token =>
                        {
                            token.Register(Throw);
                            token.Register(static () => throw new InvalidOperationException("mine"));
                        }
                    )
            },
            {
                "FormatException: mine",
                world =>
                    CancelAsync(
                        world,
                        static token => CancellationTokenSource.CreateLinkedTokenSource(token).Token.Register(Throw)
                    )
            },
            {
                "InvalidOperationException: An attempt was made to transition a task to a final state when it had already completed.",
                world =>
                    CancelAsync(
                        world,
                        static token =>
                        {
                            TaskCompletionSource once = new();
                            token.Register(() => once.SetResult());
                            token.Register(() => once.SetResult());
                        }
                    )
            },
        };

    [Theory]
    [MemberData(nameof(Callbacks), DisableDiscoveryEnumeration = true)]
    public void What_a_callback_of_a_cancelled_token_throws_is_named_with_its_line(
        string detail,
        Func<SimulatedWorld, Task> program
    )
    {
        Finding finding = FindingOf(program);

        finding.Property.ShouldBe(BuiltInProperties.NoException);
        finding.Detail.ShouldEndWith(detail);
        finding.Place.ShouldNotBeNull().Method.ShouldContain(nameof(ProgramErrorTests));
    }

    [Fact]
    public void What_a_method_of_the_platform_throws_as_the_callback_of_a_timer_is_the_program_s()
    {
        ICollection<object?> fixedSize = new Dictionary<string, object?>().Values;

        FindingOf(async world =>
        {
            await using ITimer timer = world.TimeProvider.CreateTimer(
                fixedSize.Add,
                null,
                Soon,
                Timeout.InfiniteTimeSpan
            );
            await Task.Delay(2 * Soon, world.TimeProvider);
        })
            .Property.ShouldBe(BuiltInProperties.NoException);
    }

    public static TheoryData<string, Func<Connection, Task>> Handlers =>
        new()
        {
            { "InvalidOperationException: The handler returned null instead of a task.", static _ => null! },
            { "KeyNotFoundException: mine", static _ => Task.FromException(new KeyNotFoundException("mine")) },
            {
                "KeyNotFoundException: mine",
                static _ => Task.FromException(new AggregateException(new KeyNotFoundException("mine")))
            },
        };

    [Theory]
    [MemberData(nameof(Handlers), DisableDiscoveryEnumeration = true)]
    public void A_handler_that_fails_without_a_line_of_its_own_on_the_stack_is_the_program_s(
        string detail,
        Func<Connection, Task> handler
    )
    {
        foreach (Func<SimulatedWorld, Task> program in new[] { ServeAsync, ServeProtocolAsync })
        {
            Finding finding = FindingOf(program);
            finding.Property.ShouldBe(BuiltInProperties.NoHandlerError);
            finding.Detail.ShouldBe(detail);
        }

        async Task ServeAsync(SimulatedWorld world)
        {
            await using StreamServer server = await world.Host("server").StartServerAsync(handler, port: 7);
            await CallAsync(world);
        }

        async Task ServeProtocolAsync(SimulatedWorld world)
        {
            await using StreamServer server = await world
                .Host("server")
                .StartProtocolServerAsync(() => new StreamReaderProtocol(handler), port: 7);
            await CallAsync(world);
        }
    }

    public static TheoryData<string, Func<SimulatedWorld, Task>> Programs =>
        new()
        {
            {
                "h: InvalidOperationException: The program of the host 'h' returned null instead of a task.",
                world => OnHostAsync(world, static _ => null!)
            },
            {
                "h: KeyNotFoundException: mine",
                world => OnHostAsync(world, static _ => Task.FromException(new KeyNotFoundException("mine")))
            },
            { "InvalidOperationException: The program returned null instead of a task.", static _ => null! },
            { "KeyNotFoundException: mine", static _ => Task.FromException(new KeyNotFoundException("mine")) },
        };

    [Theory]
    [MemberData(nameof(Programs), DisableDiscoveryEnumeration = true)]
    public void A_program_that_fails_without_a_line_of_its_own_on_the_stack_is_the_program_s(
        string detail,
        Func<SimulatedWorld, Task> program
    )
    {
        Finding finding = FindingOf(program);

        finding.Property.ShouldBe(BuiltInProperties.NoException);
        finding.Detail.ShouldBe(detail);
    }

    private static Finding FindingOf(Func<SimulatedWorld, Task> program)
    {
        SimulatedWorld world = new(seed: 1);
        return world.Run(() => program(world), World.Limits).Finding.ShouldNotBeNull();
    }

    private static async Task CancelAsync(SimulatedWorld world, Action<CancellationToken> register)
    {
        using CancellationTokenSource source = new(Soon, world.Host("h").TimeProvider);
        register(source.Token);
        await Task.Delay(2 * Soon, world.TimeProvider);
    }

    private static Task OnHostAsync(SimulatedWorld world, Func<INetwork, Task> program)
    {
        world.StartHost("h", program);
        return Task.Delay(Soon, world.TimeProvider);
    }

    private static async Task CallAsync(SimulatedWorld world)
    {
        await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
        try
        {
            await client.Reader.ReadToEndAsync();
        }
        catch (ConnectionException)
        {
            // The handler's failure resets the connection.
        }

        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    private static void Throw() => throw new FormatException("mine");
}
