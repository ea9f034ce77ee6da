using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>The demonstration for new users. The exit code says whether all of its claims held.</summary>
internal sealed class Demo(ToolEnvironment environment, ScenarioNames scenarios)
{
    private const string Correct = "chat";
    private const string Broken = "chat-broken";

    /// <summary>Nearly every seed finds the bug; this number makes it certain.</summary>
    private static readonly SeedRange BrokenSeeds = new(1, 20);

    /// <summary>Enough to support the claim, in about a second.</summary>
    private static readonly SeedRange CorrectSeeds = new(1, 500);

    private static readonly FaultProfile Faults = FaultProfiles.LossyWan;

    public async Task<int> RunAsync(CancellationToken interrupt)
    {
        using TapeFolder folder = new(environment, TapeFolder.Default);
        bool found = await FindTheBugAsync(folder, interrupt);
        bool sound = await RunTheCorrectOneAsync(interrupt);
        bool passed = await RunOnSocketsAsync(interrupt);
        bool kept = found && sound && passed;
        environment.WriteLine();
        environment.WriteLine(
            kept ? Tone.Good : Tone.Bad,
            kept
                ? "All steps passed: the bug was found and can be replayed, and the correct server passes in both worlds."
                : "A step FAILED: see above."
        );
        return kept ? ExitCodes.NothingFound : ExitCodes.Found;
    }

    private async Task<bool> FindTheBugAsync(TapeFolder folder, CancellationToken interrupt)
    {
        environment.WriteLine(
            Tone.Title,
            "1. A chat server with a bug, in a simulated network: long latencies, writes cut anywhere, stalls"
        );
        Scenario scenario = scenarios.Get(Broken);
        Exploration exploration = await ExploreAsync(new SimulatedDriver(Faults), scenario, BrokenSeeds, interrupt);
        if (exploration.First is not [SeedRun first, ..])
        {
            environment.WriteLine(Tone.Bad, $"   Nothing found with {BrokenSeeds}: the bug should have been.");
            return false;
        }

        string found =
            $"{exploration.Found} of {Format.Count(exploration.Runs, "seed")} find it; the first is {first.Seed}";
        environment.WriteLine(
            Tone.Bad,
            $"   {found}, which breaks '{first.Finding!.Property}' after {Format.Seconds(first.Finding.Time)}:"
        );
        environment.WriteLine($"   {TextEscaper.Of(first.Finding.Detail)}");
        environment.WriteLine();
        environment.WriteLine(
            "   The server treats the result of one read as one message, but a stream may be split anywhere. On that connection:"
        );
        ReplayedRun replayed = SimulationRunner.Replay(
            scenario,
            first.Tape!,
            new SimulationOptions { Faults = Faults, KeepTrace = true }
        );
        environment.WriteLine();
        Excerpt.Print(environment.Output, replayed.Run.Trace, indent: "     ");
        environment.WriteLine();
        if (replayed is not { EndedAlike: true, TapeUsedUp: true })
        {
            environment.WriteLine(Tone.Bad, "   The replay of its tape did NOT fail in the same way.");
            return false;
        }

        environment.WriteLine(
            $"   Every decision of that run is on a tape. Its replay has just failed in the same way; to repeat it (--trace prints all events):"
        );
        environment.WriteLine();
        environment.WriteLine($"     {environment.Command} replay {Shell.Quote(folder.Save(first.Tape!))}");
        return true;
    }

    private async Task<bool> RunTheCorrectOneAsync(CancellationToken interrupt)
    {
        environment.WriteLine();
        environment.WriteLine(Tone.Title, "2. The same server reading lines as lines, under the same faults");
        Exploration exploration = await ExploreAsync(
            new SimulatedDriver(Faults),
            scenarios.Get(Correct),
            CorrectSeeds,
            interrupt
        );
        if (exploration.First is [SeedRun first, ..])
        {
            environment.WriteLine(
                Tone.Bad,
                $"   Seed {first.Seed} finds {first.Finding!.Property}: {TextEscaper.Of(first.Finding.Detail)}"
            );
            environment.WriteLine($"     {environment.Command} run {Correct} --seed {first.Seed} --trace");
            return false;
        }

        string time =
            $"{Format.Duration(exploration.WorldTime)} of virtual time in {Format.Duration(exploration.Elapsed)}";
        environment.WriteLine(Tone.Good, $"   Nothing found in {Format.Count(exploration.Runs, "run")}: {time}.");
        return true;
    }

    private async Task<bool> RunOnSocketsAsync(CancellationToken interrupt)
    {
        environment.WriteLine();
        environment.WriteLine(Tone.Title, "3. The same code on real sockets of this machine");
        Exploration exploration = await ExploreAsync(
            new SocketDriver(),
            scenarios.Get(Correct),
            new SeedRange(1, 1),
            interrupt
        );
        if (exploration.First is [SeedRun first])
        {
            environment.WriteLine(Tone.Bad, $"   {first.Finding!.Property}: {TextEscaper.Of(first.Finding.Detail)}");
            return false;
        }

        environment.WriteLine(Tone.Good, $"   Passed in {Format.Duration(exploration.Elapsed)}.");
        return true;
    }

    private async Task<Exploration> ExploreAsync(
        IDriver driver,
        Scenario scenario,
        SeedRange seeds,
        CancellationToken interrupt
    )
    {
        Exploration exploration = await new Explorer(environment, driver).RunAsync(scenario, seeds, interrupt);
        interrupt.ThrowIfCancellationRequested();
        exploration.ThrowIfSimulatorFailed();
        return exploration;
    }
}
