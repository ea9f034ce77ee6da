#pragma warning disable xUnit1000 // Internal on purpose: these fail, and only the tests here run them.
using System.Runtime.CompilerServices;
using Deterministic.Simulation.Transports;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>Failures whose text depends on nothing but the tape.</summary>
internal sealed class ReportSamples
{
    [Simulation(Seeds = 3, FirstSeed = 5, Faults = "calm", Rules = ["refused nth=1000"])]
    public async Task FailsAnAssertion(SimulatedWorld world)
    {
        await using CleaningUp cleaning = new(world);
        for (int step = 1; step <= 30; step++)
        {
            Note(world, $"step {step}");
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        }

        ShouldBeEqual(world.Random.Next(1) + 1, 2);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task ThrowsOnAHost(SimulatedWorld world)
    {
        world
            .Host("server")
            .Start(async host =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1500), host.TimeProvider);
                throw new InvalidOperationException("the disk is gone", new FormatException("bad sector\nno more"));
            });
        await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task Leaves(SimulatedWorld world)
    {
        Note(world, "before");
        await Task.Run(() => world.TimeProvider.GetUtcNow());
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task NeverEnds(SimulatedWorld world)
    {
        Note(world, "before");
        await new TaskCompletionSource().Task;
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task SaysALot(SimulatedWorld world)
    {
        for (int step = 1; step <= 100; step++)
        {
            Note(world, $"step {step}");
        }

        await Task.Yield();
        throw new InvalidOperationException(string.Join('\n', Enumerable.Range(1, 100).Select(line => $"line {line}")));
    }

    [Simulation(Seeds = 3, Faults = "calm")]
    public async Task FailsInTheSimulator(SimulatedWorld world)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
        new ByteRing().CopyTo(-1, new byte[1]);
    }

    private static void Note(SimulatedWorld world, string text) =>
        world.Trace.Record(world.Scheduler.Now, "main", 0, TraceKind.Note, text: text);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ShouldBeEqual(int one, int other) => one.ShouldBe(other, "the two are not equal");

    /// <summary>What a program does when it fails: none of it is what led to the failure.</summary>
    private sealed class CleaningUp(SimulatedWorld world) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            for (int step = 1; step <= 10; step++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                Note(world, $"clean-up {step}");
            }
        }
    }
}
