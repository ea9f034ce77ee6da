#pragma warning disable xUnit1000 // Internal on purpose: only the tests here run them.
using System.Reflection;
using Deterministic.Simulation.Scheduling;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>Says what is called, and where.</summary>
internal sealed class LifeSamples : IAsyncLifetime, IDisposable
{
    private readonly List<string> _log;

    public LifeSamples(List<string> log)
    {
        _log = log;
        Say("constructor");
    }

    public async Task InitializeAsync()
    {
        await Task.Yield();
        Say("initialise");
    }

    [Simulation(Seeds = 2)]
    [Surrounded]
    public async Task Lives(SimulatedWorld world)
    {
        await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);
        Say($"method at {world.TimeProvider.GetUtcNow():HH:mm}");
    }

    [Simulation(Seeds = 2)]
    public Task HangsOn(SimulatedWorld world) => new TaskCompletionSource().Task;

    public async Task DisposeAsync()
    {
        await Task.Yield();
        Say("dispose async");
    }

    public void Dispose() => Say("dispose");

    private void Say(string what)
    {
        string where = SynchronizationContext.Current is SimulationSynchronizationContext ? "inside" : "outside";
        _log.Add($"{what}, {where}");
    }

    private sealed class SurroundedAttribute : BeforeAfterTestAttribute
    {
        public override void Before(MethodInfo methodUnderTest) => ShouldBeInside();

        public override void After(MethodInfo methodUnderTest) => ShouldBeInside();

        private static void ShouldBeInside() =>
            SynchronizationContext.Current.ShouldBeOfType<SimulationSynchronizationContext>();
    }
}
