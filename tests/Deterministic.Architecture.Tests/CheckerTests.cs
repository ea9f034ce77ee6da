using Mono.Cecil;

namespace Deterministic.Architecture.Tests;

/// <summary>The checks find what was planted for them.</summary>
public sealed class CheckerTests
{
    private const string Planted = "Deterministic.Architecture.Tests.Planted";

    [Fact]
    public void A_planted_cycle_of_namespaces_is_found_with_the_types_that_close_it()
    {
        string[] found = [.. Cycles(Planted + ".Cycle").SelectMany(cycle => cycle).Distinct()];
        found.ShouldBe(
            [
                $"{Planted}.Cycle.One -> {Planted}.Cycle.Two: First refers to Second",
                $"{Planted}.Cycle.Two -> {Planted}.Cycle.Three: Second refers to Third",
                $"{Planted}.Cycle.Three -> {Planted}.Cycle.One: Third refers to First",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void A_planted_cycle_through_a_type_of_the_root_is_found()
    {
        string[] found = [.. Cycles(Planted + ".Facade").SelectMany(cycle => cycle)];
        found.ShouldBe(
            [
                $"{Planted}.Facade.Feature -> World: Part refers to World",
                $"World -> {Planted}.Facade.Feature: World refers to Part",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void A_feature_may_use_the_vocabulary_of_its_root() => Cycles(Planted + ".Vocabulary").ShouldBeEmpty();

    [Fact]
    public void The_references_of_a_library_are_read_from_the_compiled_one()
    {
        using ModuleDefinition tests = ModuleDefinition.ReadModule(typeof(CheckerTests).Assembly.Location);
        Libraries.ReferencesOf(tests).ShouldBe(["Deterministic.Core"]);
        typeof(Core.ConnectionException).ShouldNotBeNull();
    }

    [Fact]
    public void A_planted_cycle_through_a_constraint_and_an_attribute_is_found()
    {
        string[] found = [.. Cycles(Planted + ".Hidden").SelectMany(cycle => cycle).Distinct()];
        found.ShouldBe(
            [
                $"{Planted}.Hidden.One -> {Planted}.Hidden.Two: First refers to ISecond",
                $"{Planted}.Hidden.Two -> {Planted}.Hidden.One: ISecond refers to First",
            ],
            ignoreOrder: true
        );
    }

    private static IReadOnlyList<IReadOnlyList<string>> Cycles(string root)
    {
        using ModuleDefinition tests = ModuleDefinition.ReadModule(typeof(CheckerTests).Assembly.Location);
        return new NamespaceGraph(tests, root).Cycles();
    }
}
