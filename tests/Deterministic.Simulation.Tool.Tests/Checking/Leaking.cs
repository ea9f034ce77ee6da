using Deterministic.Streams;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>Scenarios that let something in from outside, each in its own way. Each is for one test, since what they count is kept between runs.</summary>
internal static class Leaking
{
    private static int _countingRuns;
    private static int _fleetingRuns;
    private static int _growingRuns;
    private static int _warmRuns;

    /// <summary>Every run sees that there were others before it.</summary>
    public static Scenario Counting { get; } =
        new AdHocScenario(
            "counting",
            async world =>
            {
                for (int i = 1; i <= 8; i++)
                {
                    world.Note($"step {i}");
                    await Task.Delay(TimeSpan.FromMilliseconds(1), world.TimeProvider);
                }

                world.Note($"run {Interlocked.Increment(ref _countingRuns)}");
            }
        );

    /// <summary>The second run in a process is different, and no other.</summary>
    public static Scenario Fleeting { get; } =
        new AdHocScenario("fleeting", world => NoteAsync(world, Interlocked.Increment(ref _fleetingRuns) == 2));

    /// <summary>The first run in a process is different, as with a cache.</summary>
    public static Scenario Warming { get; } =
        new AdHocScenario("warming", world => NoteAsync(world, Interlocked.Increment(ref _warmRuns) == 1));

    /// <summary>Every second run goes on for longer.</summary>
    public static Scenario Growing { get; } =
        new AdHocScenario(
            "growing",
            async world =>
            {
                await NoteAsync(world, isOther: false);
                if (Interlocked.Increment(ref _growingRuns) % 2 == 0)
                {
                    world.Note("more");
                }
            }
        );

    /// <summary>Runs in one process are alike.</summary>
    public static Scenario Process { get; } =
        new AdHocScenario(
            "process",
            world =>
            {
                world.Note("the same");
                world.Note($"process {Environment.ProcessId}");
                return Task.CompletedTask;
            }
        );

    /// <summary>No event distinguishes it, only what the other endpoint reads from the stream.</summary>
    public static Scenario Bytes { get; } =
        new AdHocScenario(
            "bytes",
            async world =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(async (reader, _) => await reader.ReadToEndAsync(), world.HostAddress("server"));
                await using Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
                client.Writer.Write(Guid.NewGuid().ToByteArray());
                await client.Writer.DrainAsync();
            }
        );

    /// <summary>The trace has the property's name, and only that.</summary>
    public static Scenario Detail { get; } =
        new AdHocScenario(
            "detail",
            world =>
            {
                world.Note("as always");
                throw new InvalidOperationException($"Process {Environment.ProcessId}.");
            }
        );

    /// <summary>What it prints is nobody's business.</summary>
    public static Scenario Talkative { get; } =
        new AdHocScenario(
            "talkative",
            world =>
            {
                Console.WriteLine("1 hello");
                return MadeUp.Sound.RunAsync(world);
            }
        );

    public static IReadOnlyList<Scenario> All =>
        [Counting, Fleeting, Warming, Growing, Process, Bytes, Detail, Talkative];

    private static Task NoteAsync(ScenarioWorld world, bool isOther)
    {
        world.Note(isOther ? "other" : "as always");
        return Task.CompletedTask;
    }
}
