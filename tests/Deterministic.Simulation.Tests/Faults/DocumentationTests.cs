using System.Reflection;
using System.Text;
using Deterministic.Faults;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>The page on faults says what the catalogue says.</summary>
public sealed class DocumentationTests
{
    /// <summary>Set to anything it writes the tables anew instead of comparing them.</summary>
    private const string Rewrite = "DETERMINISTIC_REWRITE_DOCS";

    [Fact]
    public void The_page_has_the_profiles() =>
        ShouldHold(
            "profiles",
            "| profile | latency one way | window | what it stands for |\n|---|---|---|---|\n"
                + string.Concat(
                    FaultProfiles.All.Select(profile =>
                        $"| `{profile.Name}` | `{profile.Latency}` | {profile.WindowBytes} | {profile.Description} |\n"
                    )
                )
        );

    [Fact]
    public void The_page_has_the_catalogue()
    {
        StringBuilder table = new();
        foreach (IGrouping<FaultGroup, FaultDescriptor> group in FaultCatalog.All.GroupBy(fault => fault.Group))
        {
            table.Append(
                $"\n### {group.Key}\n\n| fault | takes | nth counts | amounts | what happens |\n|---|---|---|---|---|\n"
            );
            foreach (FaultDescriptor fault in group)
            {
                string takes = string.Join(' ', fault.Takes.Select(word => $"`{word}`"));
                string strikes = fault.Target == FaultTarget.Host ? " (strikes hosts)" : "";
                table.Append(
                    $"| `{fault.Name}` | {takes} | {fault.Counted} | {fault.Measured} | {fault.Description}{strikes} |\n"
                );
            }
        }

        ShouldHold("faults", table.ToString().TrimStart('\n'));
    }

    /// <summary>The samples of the page, so that they compile and mean something.</summary>
    [Fact]
    public void The_samples_run()
    {
        FaultProfile mine = FaultProfiles
            .LossyWan.Without(FaultKind.ShortRead)
            .With(
                Fault.AbortAfter(1000).On("client", "server").AtMost(1),
                Fault.Partition(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)).Every(TimeSpan.FromSeconds(30)),
                FaultRule.Parse("stall on=server>client p=30 for=200ms..2s")
            );
        SimulatedWorld world = new(seed: 17, mine);
        world.Run(() => WaitUntilAsync(world, Seconds(1))).ThrowIfNotCompleted();
        foreach (string rule in (string[])["reset on=client>server after-bytes=1000 at-most=1", "jitter for=0s..50ms"])
        {
            Page().ShouldContain(rule);
            FaultRule.Parse(rule).ToString().ShouldBe(rule);
        }
    }

    private static void ShouldHold(string section, string expected)
    {
        string page = Page();
        string begin = $"<!-- {section} -->\n";
        int start = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int end = page.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable(Rewrite) is not null)
        {
            File.WriteAllText(PathOfPage(), page[..start] + expected + page[end..]);
            return;
        }

        page[start..end].ShouldBe(expected, $"{Rewrite}=1 writes it anew");
    }

    private static string Page() => File.ReadAllText(PathOfPage());

    private static string PathOfPage() =>
        Path.Combine(
            typeof(DocumentationTests)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => string.Equals(attribute.Key, "Docs", StringComparison.Ordinal))
                .Value!,
            "faults.md"
        );
}
