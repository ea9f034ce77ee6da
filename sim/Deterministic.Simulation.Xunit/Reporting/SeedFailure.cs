using System.Globalization;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>A seed that failed, and all there is to say about it.</summary>
internal sealed record SeedFailure(
    SimulationPlan Plan,
    ulong Seed,
    SimulatedWorld World,
    Finding Finding,
    Exception? Cause,
    string Folder
)
{
    /// <summary>Fails the test.</summary>
    /// <returns>The end of the run's story, for the output of the test.</returns>
    public string Report(ExceptionAggregator aggregator)
    {
        aggregator.Add(new SimulationFailedException(Message(), Cause));
        return StoryTail.Of(World.Trace);
    }

    private string Message()
    {
        string seconds = Finding.Time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
        string filter = $"dotnet test --filter \"FullyQualifiedName={Plan.Test}\"";
        string headline = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            '{Finding.Property}' does not hold for seed {Seed} with the faults {Told()}, at {seconds} s of virtual time.
            {Finding.Detail}

            """
        );
        headline += WaiterList.Of(Finding);
        return Plan.Tape is not null
            ? $"{headline}This was a replay; {Likeness()}"
            : $"""
                {headline}This seed alone:  {SimulationSettings.SeedVariable}={Seed.ToString(
                    CultureInfo.InvariantCulture
                )} {filter}
                Its tape again:   {SimulationSettings.TapeVariable}={SaveTape()} {filter}
                """;
    }

    /// <summary>The faults: the name in quotes, as all names here, and the rules on top of it.</summary>
    private string Told() => $"'{Plan.Faults.Name}'{Plan.Faults.ToString()[Plan.Faults.Name.Length..]}";

    private string SaveTape() =>
        new TapeFolder(Plan.TapeFolder, Folder).Save(
            RunTape.Record(Plan.Test, Seed, World, Finding),
            $"{Plan.Test}-{Plan.Faults.Name}-seed-{Seed}"
        );

    private string Likeness() =>
        RunTape.EndedAlike(Plan.Tape!, World, Finding)
            ? "it ended just as the recorded run did."
            : "it did not end as the recorded run did.";
}
