namespace Deterministic.Contract.Tests;

/// <summary>Drivers that make a mistake do not pass the case that is about it.</summary>
public sealed class MutationTests
{
    /// <summary>For the mistakes that show as a hang. The sound driver takes some tens of milliseconds for any of these cases.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(1);

    /// <summary>A mistake that depends on which thread is faster can go by unnoticed now and then; hardly so often.</summary>
    private const int MostRuns = 20;

    /// <summary>Half of them only wait for the end of their patience.</summary>
    private const int AtOnce = 16;

    /// <summary>What the watch at the seam says of a mistake: the rule, not just that bytes went missing.</summary>
    public static TheoryData<string, string, string> Rules =>
        new()
        {
            { nameof(Defect.ReportsTwice), "seam/close-ends-pending", "one report for each pending operation" },
            { nameof(Defect.ReportsOnTheCallersStack), "seam/close-ends-pending", "on the stack of a call" },
            { nameof(Defect.ForgetsPendingAtClose), "close/abort-own-side", "Owed: the result of a Receive" },
            { nameof(Defect.ReceivesNothing), "read/lines", "completed with 0 bytes" },
            { nameof(Defect.ThrowsFromSend), "seam/late-calls", "errors are results" },
            { nameof(Defect.TriedSendIsPending), "seam/partial-sends", "takes what it can at once" },
            { nameof(Defect.SchedulesInline), "seam/schedule", "on the stack of the one who scheduled it" },
            { nameof(Defect.AcceptsWithinAccepting), "connect/crowd", "one at a time" },
        };

    [Fact]
    public async Task Every_mistake_is_noticed()
    {
        List<string> unnoticed = [];
        await Parallel.ForEachAsync(
            Mistakes.All,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (mistake, _) =>
            {
                if (await FindAsync(mistake.Defect, mistake.Case, "") is null)
                {
                    lock (unnoticed)
                    {
                        unnoticed.Add($"{mistake.Case} passes on a driver with the mistake {mistake.Defect}");
                    }
                }
            }
        );
        unnoticed.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_rule_of_the_seam_that_is_broken_is_named(string defect, string name, string rule) =>
        (await FindAsync(Enum.Parse<Defect>(defect), name, rule)).ShouldNotBeNull();

    [Fact]
    public void Every_mistake_has_its_case() =>
        Enum.GetValues<Defect>().Except(Mistakes.All.Select(mistake => mistake.Defect)).ShouldBe([Defect.None]);

    [Fact]
    public void Every_case_has_its_mistake() =>
        ContractSuite
            .Cases.Select(one => one.Name)
            .Except(Mistakes.All.Select(mistake => mistake.Case), StringComparer.Ordinal)
            .ShouldBeEmpty();

    /// <returns>The violation whose message has that text, or null if there is none in any of several runs.</returns>
    private static async Task<ContractViolationException?> FindAsync(Defect defect, string name, string text)
    {
        for (int run = 1; run <= MostRuns; run++)
        {
            ContractWorld world = MemoryArm.NewWorld(defect) with { Patience = ShortPatience, Crowd = 50 };
            try
            {
                await ContractSuite.Find(name).RunAsync(world);
            }
            catch (ContractViolationException violation)
                when (violation.Message.Contains(text, StringComparison.Ordinal))
            {
                return violation;
            }
            catch (ContractViolationException)
            {
                // Noticed, but by something else.
            }
        }

        return null;
    }
}
