namespace Deterministic.Simulation.Tool.Tests;

/// <summary>Scenarios whose runs depend on nothing but the tape: reports of them stay the same whatever becomes of the network.</summary>
internal static class MadeUp
{
    /// <summary>Finds something with about a third of all seeds.</summary>
    public static Scenario Flaky { get; } = new AdHocScenario("flaky", FlakyAsync);

    /// <summary>Finds nothing.</summary>
    public static Scenario Sound { get; } = new AdHocScenario("sound", world => DrawAsync(world, "drawn"));

    /// <summary>Waits for ever with every seed.</summary>
    public static Scenario Stuck { get; } = new AdHocScenario("stuck", WaitAsync);

    /// <summary>The same name as <see cref="Flaky"/> and the same decisions, but the bug is repaired.</summary>
    public static Scenario FlakyRepaired { get; } = new AdHocScenario("flaky", world => DrawAsync(world, "drawn"));

    /// <summary>The same name as <see cref="Flaky"/>, but it draws from more numbers.</summary>
    public static Scenario FlakyRewritten { get; } =
        new AdHocScenario(
            "flaky",
            world =>
            {
                world.Note($"{world.Random.Next(1_000)}");
                return FlakyAsync(world);
            }
        );

    private static async Task WaitAsync(ScenarioWorld world)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
        await new TaskCompletionSource().Task;
    }

    private static async Task FlakyAsync(ScenarioWorld world)
    {
        int drawn = await DrawAsync(world, "drawn");
        world.Always(drawn % 3 != 0, "no-multiple-of-three", $"{drawn} is one.\nNext line.");
    }

    private static async Task<int> DrawAsync(ScenarioWorld world, string note)
    {
        int drawn = world.Random.Next(100);
        world.Note($"{note} {drawn}");
        await Task.Delay(TimeSpan.FromMilliseconds(drawn), world.TimeProvider);
        return drawn;
    }
}
