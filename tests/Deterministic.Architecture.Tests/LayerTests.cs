using Mono.Cecil;

namespace Deterministic.Architecture.Tests;

/// <summary>Arrows between libraries, and between the namespaces of each, read from the compiled assemblies.</summary>
public sealed class LayerTests
{
    [Theory]
    [MemberData(nameof(Libraries.Names), MemberType = typeof(Libraries))]
    public void A_library_refers_to_what_the_table_says_and_to_nothing_else(string name)
    {
        using ModuleDefinition library = Libraries.Read(name);
        Libraries.ReferencesOf(library).ShouldBe(Libraries.Table[name], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Libraries.Names), MemberType = typeof(Libraries))]
    public void Namespaces_of_a_library_form_no_cycle(string name)
    {
        using ModuleDefinition library = Libraries.Read(name);
        new NamespaceGraph(library, Libraries.RootOf(name))
            .Cycles()
            .SelectMany(cycle => cycle)
            .Distinct()
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Deterministic.Exploration")]
    [InlineData("Deterministic.Faults")]
    [InlineData("Deterministic.Simulation")]
    public void The_namespace_named_like_the_library_holds_what_users_type_and_nothing_else(string name)
    {
        using ModuleDefinition library = Libraries.Read(name);
        library.Types.Where(type => type.Namespace == name && !type.IsPublic).Select(type => type.Name).ShouldBeEmpty();
    }
}
