#pragma warning disable xUnit1000 // Internal on purpose: these fail, and only the tests here run them.
#pragma warning disable MA0022, VSTHRD114 // What becomes of a test that returns null is tested as well.
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>Tests that end well by themselves, while something that they have started does not.</summary>
internal sealed class UnhandledSamples
{
    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task AssertsInAHandler(SimulatedWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(
                async connection => (await connection.Reader.ReadExactlyAsync(1)).ShouldBe("y"u8.ToArray()),
                port: 7
            );
        await AskAsync(world);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task LosesAConnectionInAHandler(SimulatedWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(async connection => await connection.Reader.ReadExactlyAsync(100), port: 7);
        await AskAsync(world);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task ExpectsWhatItsHandlerThrows(SimulatedWorld world)
    {
        world.ExpectUnhandled<ShouldAssertException>();
        await AssertsInAHandler(world);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task ForgetsATask(SimulatedWorld world)
    {
        _ = FailAsync(world);
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task ForgetsATaskInItsLastLine(SimulatedWorld world)
    {
        await Task.Yield();
        _ = FailAtOnceAsync();
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task FailsBeforeWhatItHasLeftBehind(SimulatedWorld world)
    {
        await Task.Yield();
        _ = FailAtOnceAsync();
        1.ShouldBe(2);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task ForgetsATaskAndFails(SimulatedWorld world)
    {
        await ForgetsATask(world);
        1.ShouldBe(2);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public Task ReturnsNoTask(SimulatedWorld world) => null!;

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task AssertsInACallbackOfAToken(SimulatedWorld world)
    {
        using CancellationTokenSource source = new(TimeSpan.FromSeconds(1), world.TimeProvider);
        source.Token.Register(static () => 1.ShouldBe(2));
        await Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task StatesWhatDoesNotHold(SimulatedWorld world)
    {
        world.Always(false, "mine", "It does not hold.");
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        throw new InvalidOperationException("nobody gets here");
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task WaitsForWhatNeverComesTrue(SimulatedWorld world)
    {
        Task waiting = new TaskCompletionSource().Task;
        await world.EventuallyAsync(
            () => waiting.IsCompleted,
            "comes-true",
            TimeSpan.FromSeconds(10),
            () => $"It is {waiting.Status}."
        );
    }

    private static async Task FailAtOnceAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("nobody looks");
    }

    private static async Task FailAsync(SimulatedWorld world)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(1), world.TimeProvider);
        throw new InvalidOperationException("nobody looks");
    }

    private static async Task AskAsync(SimulatedWorld world)
    {
        await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7);
        client.Writer.Write("x"u8);
        client.Writer.WriteEof();
        try
        {
            await client.Reader.ReadToEndAsync();
        }
        catch (ConnectionException)
        {
            // This program does not mind.
        }
    }
}
