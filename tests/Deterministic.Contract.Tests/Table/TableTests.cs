namespace Deterministic.Contract.Tests;

public sealed class TableTests
{
    private static readonly string[] Some = ["connect/ipv6", "connect/serve", "reset/after-half-close"];

    [Fact]
    public async Task A_table_says_what_passed_what_failed_and_what_is_missing_where()
    {
        ContractCase[] cases = [.. Some.Select(ContractSuite.Find)];
        Column[] columns =
        [
            await Column.RunAsync(new StubArm("good", ContractCapabilities.All), cases),
            await Column.RunAsync(new StubArm("bad", ContractCapabilities.HalfClose, "connect/serve"), cases),
        ];
        using StringWriter output = new();
        new ContractTable(
            cases,
            [.. columns.Select(column => column with { Elapsed = TimeSpan.FromSeconds(1.25) })]
        ).WriteTo(output);
        output
            .ToString()
            .ReplaceLineEndings("\n")
            .ShouldBe(
                """
                                        good  bad
                connect/ipv6            pass  n/a a
                connect/serve           pass  FAIL
                reset/after-half-close  pass  n/a b

                passed                  3     0
                failed                  0     1
                n/a                     0     2
                seconds                 1.3   1.3

                n/a a: that world lacks Ipv6
                n/a b: that world lacks RealReset

                connect/serve on bad (a client and a server talk, and agree on their addresses)
                It does not.

                """.ReplaceLineEndings("\n")
            );
    }

    [Fact]
    public void Without_options_it_is_every_case_on_every_arm()
    {
        TableOptions options = TableOptions.Parse([]);
        options.Arms.ShouldBe(Arm.All);
        options.Cases.ShouldBe(ContractSuite.Cases);
    }

    [Fact]
    public void Options_choose_by_a_part_of_the_name()
    {
        TableOptions options = TableOptions.Parse(["--arm", "ipv", "--case", "SEAM/", "--case", "connect/ipv6"]);
        options.Arms.Select(arm => arm.Name).ShouldBe(["IPv4", "IPv6"]);
        options.Cases.Select(one => one.Name).ShouldContain("connect/ipv6");
        options.Cases.ShouldAllBe(one => one.Name.StartsWith("seam/") || one.Name == "connect/ipv6");
    }

    [Theory]
    [InlineData("No arm is called 'pigeon'. There are: IPv4", "--arm", "pigeon")]
    [InlineData("No case is called 'nothing'. There are: connect,", "--case", "nothing")]
    [InlineData("There is no option '--speed'.", "--speed", "high")]
    [InlineData("--case needs a name.", "--arm", "IPv4", "--case")]
    public void What_makes_no_sense_is_said(string message, params string[] arguments) =>
        Should.Throw<FormatException>(() => TableOptions.Parse(arguments)).Message.ShouldStartWith(message);

    /// <summary>An arm that keeps everything but what the test names.</summary>
    private sealed class StubArm(string name, ContractCapabilities capabilities, string broken = "")
        : Arm(name, capabilities)
    {
        public override Task RunAsync(ContractCase one) =>
            one.Name == broken
                ? Task.FromException(new ContractViolationException("It does not."))
                : Task.CompletedTask;
    }
}
