#pragma warning disable xUnit1000 // Internal on purpose: these fail, and only the tests here run them.
namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>Tests that let something in from outside of the simulation. What they count is kept between runs, so each is for one test.</summary>
internal sealed class NondeterministicSamples
{
    private static int _counted;
    private static int _failures;
    private static int _shared;
    private static int _later;
    private static int _more;

    [Simulation(Seeds = 1, Faults = "calm")]
    public Task DrawsFromTheSharedRandom(SimulatedWorld world) => FailAfterAsync(world, Random.Shared.Next());

    [Simulation(Seeds = 1, Faults = "calm")]
    public Task CountsInAStaticField(SimulatedWorld world) => FailAfterAsync(world, ++_counted);

    [Simulation(Seeds = 1, Faults = "calm")]
    public Task LooksAtTheRealTime(SimulatedWorld world)
    {
        long start = Environment.TickCount64;
        while (Environment.TickCount64 == start)
        {
            Thread.SpinWait(1000);
        }

        return FailAfterAsync(world, Environment.TickCount64);
    }

    [Simulation(Seeds = 1, Faults = "calm")]
    public Task MakesAGuid(SimulatedWorld world) =>
        FailAfterAsync(world, BitConverter.ToInt32(Guid.NewGuid().ToByteArray()));

    /// <summary>Fails in the first run only, as one that draws a bad number once.</summary>
    [Simulation(Seeds = 1, Faults = "calm")]
    public async Task FailsOnce(SimulatedWorld world)
    {
        await Task.Yield();
        Note(world, "the same");
        (_failures++).ShouldNotBe(0);
    }

    /// <summary>Fails alike, but with another message.</summary>
    [Simulation(Seeds = 1, Faults = "calm")]
    public Task SaysSomethingElse(SimulatedWorld world)
    {
        Note(world, "the same");
        throw new InvalidOperationException($"run {++_shared}");
    }

    /// <summary>Fails alike, but for a later line of the message.</summary>
    [Simulation(Seeds = 1, Faults = "calm")]
    public Task SaysSomethingElseLater(SimulatedWorld world) =>
        throw new InvalidOperationException($"the same\nthe same too\nrun {++_later}\nthe end");

    /// <summary>Fails alike, but with a message that has one more line.</summary>
    [Simulation(Seeds = 1, Faults = "calm")]
    public Task SaysMoreLater(SimulatedWorld world) =>
        throw new InvalidOperationException("the same" + (_more++ == 0 ? "" : "\none more line"));

    /// <summary>Deterministic: what it draws follows from its seed.</summary>
    [Simulation(Seeds = 1, FirstSeed = 7, Faults = "calm")]
    public async Task DrawsFromItsSeed(SimulatedWorld world)
    {
        Random random = new((int)world.Seed!.Value);
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        random.Next().ShouldBe(-1);
    }

    private static async Task FailAfterAsync(SimulatedWorld world, long drawn)
    {
        Note(world, "the same");
        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        Note(world, $"drawn {drawn}");
        throw new InvalidOperationException("as always");
    }

    private static void Note(SimulatedWorld world, string text) =>
        world.Trace.Record(world.Scheduler.Now, "main", 0, TraceKind.Note, text: text);
}
