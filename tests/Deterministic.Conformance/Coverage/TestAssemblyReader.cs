using System.Reflection;
using System.Runtime.Loader;

namespace Deterministic.Conformance;

/// <summary>Reads the tests of an assembly that name clauses or members. No code of the assembly runs, not even a constructor of an attribute.</summary>
/// <remarks>
/// Only what xunit would run counts: a method with an attribute derived from <c>FactAttribute</c>, in a class that is public and not abstract, not skipped; of a theory at least one
/// source of data is not skipped. A method inherited from a base class is a test of each class that inherits it. A test that decides only when it runs whether it is skipped,
/// by what the machine has, counts.
/// </remarks>
internal static class TestAssemblyReader
{
    private const string Fact = "Xunit.FactAttribute";
    private const string Theory = "Xunit.TheoryAttribute";
    private const string Data = "Xunit.Sdk.DataAttribute";
    private const string Clause = "Deterministic.Tests.ClauseAttribute";
    private const string Documented = "Deterministic.Tests.DocumentedAttribute";

    /// <summary>Every test of the assembly that names something.</summary>
    /// <param name="path">The assembly; what it refers to stands beside it or is of the runtime.</param>
    public static IReadOnlyList<TaggedTest> Read(string path)
    {
        Neighbours context = new(Path.GetFullPath(path));
        try
        {
            Assembly assembly = context.LoadFromAssemblyPath(Path.GetFullPath(path));
            return
            [
                .. assembly
                    .GetExportedTypes()
                    .Where(type =>
                        type is { IsClass: true, ContainsGenericParameters: false }
                        && (!type.IsAbstract || type.IsSealed)
                    )
                    .SelectMany(Tests),
            ];
        }
        finally
        {
            context.Unload();
        }
    }

    private static IEnumerable<TaggedTest> Tests(Type type)
    {
        const BindingFlags every =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.FlattenHierarchy;
        CustomAttributeData[] ofClass = [.. Ancestry(type).SelectMany(each => each.GetCustomAttributesData())];
        foreach (MethodInfo method in type.GetMethods(every))
        {
            IList<CustomAttributeData> ofMethod = method.GetCustomAttributesData();
            string[] clauses = Named(Clause);
            string[] members = Named(Documented);
            if (clauses.Length + members.Length > 0 && Runs(ofMethod))
            {
                yield return new TaggedTest(
                    type.Assembly.GetName().Name!,
                    $"{type.Name}.{method.Name}",
                    clauses,
                    members
                );
            }

            string[] Named(string attribute) =>
                [
                    .. ofClass
                        .Concat(ofMethod)
                        .Where(data => data.AttributeType.FullName == attribute)
                        .SelectMany(Arguments)
                        .Distinct(StringComparer.Ordinal),
                ];
        }
    }

    private static bool Runs(IList<CustomAttributeData> attributes) =>
        attributes.Any(data => Is(data, Fact) && !IsSkipped(data))
        && (!attributes.Any(data => Is(data, Theory)) || attributes.Any(data => Is(data, Data) && !IsSkipped(data)));

    private static bool Is(CustomAttributeData data, string attribute) =>
        Ancestry(data.AttributeType).Any(type => type.FullName == attribute);

    private static bool IsSkipped(CustomAttributeData data) =>
        data.NamedArguments.Any(argument => argument is { MemberName: "Skip", TypedValue.Value: not null });

    /// <summary>The one argument of either attribute is an array of strings.</summary>
    private static IEnumerable<string> Arguments(CustomAttributeData data) =>
        ((IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!).Select(argument =>
            (string)argument.Value!
        );

    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (Type? each = type; each is not null; each = each.BaseType)
        {
            yield return each;
        }
    }

    /// <summary>Loads an assembly together with what stands beside it, apart from what this program has loaded.</summary>
    private sealed class Neighbours(string path) : AssemblyLoadContext("Coverage", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string neighbour = Path.Combine(Path.GetDirectoryName(path)!, assemblyName.Name + ".dll");
            return File.Exists(neighbour) ? LoadFromAssemblyPath(neighbour) : null;
        }
    }
}
