namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>What of a test class is called after a run that stopped before its end.</summary>
public sealed class CutShortTests
{
    [Fact]
    public void A_loop_in_Dispose_after_a_deadlock_is_named()
    {
        string? message = null;
        SimulatedWorld world = new(seed: 1);
        TestInstance instance = new(
            typeof(Looping),
            [() => Volatile.Read(ref message) is not null],
            typeof(Looping).GetMethod(nameof(Looping.WaitsForEver))!,
            []
        );

        SeedRun run = SeedRun.Play(
            instance,
            world,
            new RunLimits
            {
                ItemTime = TimeSpan.FromMilliseconds(200),
                EscapeGrace = TimeSpan.Zero,
                OnEndlessItem = text => Volatile.Write(ref message, text),
            }
        );

        run.Finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NoDeadlock);
        message.ShouldNotBeNull().ShouldStartWith("Looping.Dispose on host 'main' has run for more than 0.2 s");
    }

#pragma warning disable xUnit1000, CA1822 // Only the test here runs it, and a static method would have no instance to dispose of.
    private sealed class Looping(Func<bool> isFound) : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

        public Task WaitsForEver(SimulatedWorld world) => new TaskCompletionSource().Task;

        public void Dispose()
        {
            long start = TimeProvider.System.GetTimestamp();
            while (!isFound() && TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                // Nothing.
            }
        }
    }
#pragma warning restore xUnit1000, CA1822
}
