using System.CommandLine;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim run</c>: its options, and which of them can be combined.</summary>
internal static class RunCommand
{
    private const string Simulated = "simulated";
    private const string Sockets = "sockets";

    public static Command Create(ToolEnvironment environment, ScenarioNames scenarios)
    {
        Argument<string> scenario = new("SCENARIO") { Description = "The name of a scenario, see 'detsim list'" };
        SeedOptions seeds = new(
            "One run with this seed; prints the hash of its trace",
            "Runs with the seeds 1 to N [default: 100 in the simulation, 1 on sockets]"
        );
        Option<string?> driver = new("--driver")
        {
            HelpName = $"{Simulated}|{Sockets}",
            Description = $"The world to run in [default: {Simulated}]",
        };
        FaultOptions faults = new($"How the network behaves [default: {FaultOptions.Default.Name}; on sockets calm]");
        Option<string?> directory = new("--out")
        {
            HelpName = "DIRECTORY",
            Description = $"The directory for the tapes of findings [default: {TapeFolder.Default}]",
        };
        RecordingOptions recordings = new("a single run");
        Command command = new("run", "Runs a scenario with many seeds and reports the findings") { scenario };
        seeds.AddTo(command);
        command.Add(driver);
        faults.AddTo(command);
        command.Add(directory);
        recordings.AddTo(command);
        command.SetAction(
            async (parsed, interrupt) =>
            {
                Scenario which = scenarios.Get(parsed.GetRequiredValue(scenario));
                bool onSockets = IsOnSockets(parsed.GetValue(driver));
                SeedRange range = seeds.Parse(parsed, onSockets ? 1 : 100);
                recordings.Verify(parsed, range, onSockets);
                using Recording recording = recordings.Parse(environment, parsed);
                string? tapes = parsed.GetValue(directory);
                RunRequest request = onSockets
                    ? OnSockets(faults.ParseForSockets(parsed), tapes, which, range, recording)
                    : InSimulation(faults.Parse(parsed), tapes, which, range, recording);
                return await new RunAction(environment, request).RunAsync(interrupt);
            }
        );
        return command;
    }

    private static bool IsOnSockets(string? driver) =>
        driver switch
        {
            null or Simulated => false,
            Sockets => true,
            _ => throw new UsageException(Names.Unknown("driver", driver, [Simulated, Sockets])),
        };

    private static RunRequest InSimulation(
        FaultProfile faults,
        string? directory,
        Scenario scenario,
        SeedRange seeds,
        Recording recording
    ) =>
        new(
            scenario,
            seeds,
            new SimulatedDriver(faults, recording),
            faults,
            directory ?? TapeFolder.Default,
            recording
        );

    private static RunRequest OnSockets(
        FaultProfile? faults,
        string? directory,
        Scenario scenario,
        SeedRange seeds,
        Recording recording
    )
    {
        if (directory is not null)
        {
            throw new UsageException("--out is for the simulated network only: runs on real sockets have no tapes.");
        }

        SocketDriver driver = new(recording.KeepsTrace, faults: faults);
        return new RunRequest(scenario, seeds, driver, Faults: null, Directory: null, recording);
    }
}
