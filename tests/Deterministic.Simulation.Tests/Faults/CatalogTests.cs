using System.Reflection;
using System.Text.RegularExpressions;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tests;

public sealed partial class CatalogTests
{
    [Fact]
    public void The_catalogue_has_every_fault_in_the_order_of_their_kinds()
    {
        FaultCatalog.All.Select(fault => fault.Kind).ShouldBe(Enum.GetValues<FaultKind>());
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            FaultCatalog.Of(kind).Kind.ShouldBe(kind);
        }
    }

    [Fact]
    public void Every_fault_has_a_kebab_case_name_of_its_own_by_which_it_is_found()
    {
        FaultCatalog.All.Select(fault => fault.Name).ShouldBeUnique();
        foreach (FaultDescriptor fault in FaultCatalog.All)
        {
            fault.Name.ShouldMatch(Kebab().ToString());
            fault.Name.Replace("-", "", StringComparison.Ordinal).ShouldBe(fault.Kind.ToString().ToLowerInvariant());
            FaultCatalog.Find(fault.Name).ShouldBeSameAs(fault);
            fault.Description.ShouldNotBeNullOrWhiteSpace();
        }

        FaultCatalog.Find("Reset").ShouldBeNull();
        FaultCatalog.Find("no-such").ShouldBeNull();
    }

    [Fact]
    public void What_counts_opportunities_or_amounts_says_in_what()
    {
        foreach (FaultDescriptor fault in FaultCatalog.All)
        {
            bool counts = fault.Timing is FaultTiming.AtOperations or FaultTiming.AtSends;
            (fault.Counted.Length > 0).ShouldBe(counts, fault.Name);
            (fault.Measured.Length > 0).ShouldBe(fault.Settings.HasFlag(FaultSetting.Amount), fault.Name);
            fault.Takes.Contains("nth", StringComparer.Ordinal).ShouldBe(counts, fault.Name);
        }
    }

    [Theory]
    [InlineData(FaultIs.On)]
    [InlineData(FaultIs.Off)]
    public void Every_fault_has_a_test_that_shows_it_on_and_one_that_shows_it_off(FaultIs aspect)
    {
        ILookup<FaultKind, FaultIs> shown = typeof(CatalogTests)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })
            .SelectMany(method => method.GetCustomAttributes<ShowsFaultAttribute>())
            .ToLookup(shows => shows.Kind, shows => shows.Aspect);
        FaultCatalog
            .All.Where(fault => !shown[fault.Kind].Any(found => found.HasFlag(aspect)))
            .Select(fault => fault.Name)
            .ShouldBeEmpty();
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kebab();
}
