namespace Deterministic.Kernel.Tests;

/// <summary>The simulated TCP and a real one do the same, and <c>specs/kernel.md</c> says what.</summary>
public sealed class KernelTests(LinuxRuns linux) : IClassFixture<LinuxRuns>
{
    private const string HowToWrite = "Write it anew: dotnet run --project tests/Deterministic.Kernel.Tests";

    private static readonly KernelTable Table = KernelTable.Read();

    public static TheoryData<string> Scenarios => [.. KernelScenario.All.Select(scenario => scenario.Name)];

    public static TheoryData<string> Unprivileged =>
        [.. KernelScenario.All.Where(scenario => !scenario.NeedsPrivilege).Select(scenario => scenario.Name)];

    public static TheoryData<string> Privileged =>
        [.. KernelScenario.All.Where(scenario => scenario.NeedsPrivilege).Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_simulator_does_what_the_table_says_whatever_the_seed(string name)
    {
        KernelScenario scenario = KernelScenario.Find(name);
        HashSet<string> outcomes = Played.InSimulation(scenario);
        outcomes.ShouldContain(Table.Row(name).Simulated, HowToWrite);
        (outcomes.Count > 1).ShouldBe(scenario.IsRace, string.Join("\n\nor\n\n", outcomes));
    }

    [LinuxTheory(privileged: false)]
    [MemberData(nameof(Unprivileged))]
    public async Task Linux_does_what_the_table_says(string name) =>
        (await linux.OutcomeOfAsync(name)).ShouldBe(Table.Row(name).Linux, HowToWrite);

    [LinuxTheory(privileged: true)]
    [MemberData(nameof(Privileged))]
    public async Task Linux_does_what_the_table_says_where_it_lets_us(string name) =>
        (await linux.OutcomeOfAsync(name)).ShouldBe(Table.Row(name).Linux, HowToWrite);

    [Fact]
    public void The_table_has_a_row_for_each_scenario() =>
        Table
            .Rows.Select(row => (row.Name, row.Place, row.Remark))
            .ShouldBe(
                KernelScenario.All.Select(scenario => (scenario.Name, KernelRow.PlaceOf(scenario), scenario.Remark)),
                HowToWrite
            );

    [Fact]
    public void What_the_simulator_does_otherwise_it_does_for_a_reason() =>
        Table.Rows.Where(row => row.Differs && row.Remark.Length == 0).ShouldBeEmpty();
}
