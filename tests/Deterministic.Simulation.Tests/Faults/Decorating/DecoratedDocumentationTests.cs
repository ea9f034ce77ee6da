using System.Reflection;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tests;

/// <summary>The page on real sockets says of each fault what the code does.</summary>
public sealed class DecoratedDocumentationTests
{
    [Fact]
    public void The_page_has_a_row_for_each_fault_that_says_whether_it_can_be_brought_about()
    {
        string page = File.ReadAllText(
            Path.Combine(
                typeof(DecoratedDocumentationTests)
                    .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                    .Single(attribute => string.Equals(attribute.Key, "Docs", StringComparison.Ordinal))
                    .Value!,
                "real-sockets.md"
            )
        );
        string table = page.Split("<!-- supported -->")[1].Split("<!-- end -->")[0];
        string[] rows = [.. table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        rows.Select(row => string.Join('|', row.Split('|')[1..3].Select(cell => cell.Trim())))
            .ShouldBe(
                FaultCatalog.All.Select(fault =>
                    $"`{fault.Name}`|{(FaultyNetwork.Supports(fault.Kind) ? "yes" : "no")}"
                )
            );
    }
}
