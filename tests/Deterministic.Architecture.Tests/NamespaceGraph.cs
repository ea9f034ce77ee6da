using Mono.Cecil;

namespace Deterministic.Architecture.Tests;

/// <summary>
/// What the parts of one assembly refer to. Each namespace below the root is one part. A type of the root namespace is a part of its own: a feature may use the vocabulary of the root
/// (options, enums, exceptions, events), but nothing of it that needs the feature in turn.
/// </summary>
internal sealed class NamespaceGraph
{
    private readonly string _root;
    private readonly Dictionary<string, Dictionary<string, string>> _edges = new(StringComparer.Ordinal);

    /// <summary>The graph of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="root">Its root namespace; types outside of it are left out.</param>
    public NamespaceGraph(ModuleDefinition module, string root)
    {
        _root = root;
        foreach ((TypeDefinition from, TypeDefinition to) in TypeReferences.Of(module))
        {
            if (IsInside(from) && IsInside(to) && PartOf(from) is var one && PartOf(to) is var other && one != other)
            {
                _edges.TryAdd(one, new(StringComparer.Ordinal));
                _edges[one].TryAdd(other, $"{from.Name} refers to {to.Name}");
            }
        }
    }

    /// <summary>The cycles through at least one namespace below the root, each as the references that it is made of. Cycles among types of the root are within one namespace.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles() =>
        [.. _edges.Keys.Where(IsNamespace).Select(CycleThrough).OfType<IReadOnlyList<string>>()];

    /// <summary>A shortest way from a part back to it, or null if there is none.</summary>
    private IReadOnlyList<string>? CycleThrough(string start)
    {
        Dictionary<string, string> reachedFrom = new(StringComparer.Ordinal);
        Queue<string> open = new([start]);
        while (open.TryDequeue(out string? part))
        {
            foreach (string next in Next(part))
            {
                if (reachedFrom.TryAdd(next, part))
                {
                    open.Enqueue(next);
                }
            }
        }

        if (!reachedFrom.ContainsKey(start))
        {
            return null;
        }

        List<string> cycle = [];
        string to = start;
        do
        {
            string from = reachedFrom[to];
            cycle.Insert(0, $"{from} -> {to}: {_edges[from][to]}");
            to = from;
        } while (to != start);
        return cycle;
    }

    private IEnumerable<string> Next(string part) =>
        _edges.TryGetValue(part, out Dictionary<string, string>? edges) ? edges.Keys.Order(StringComparer.Ordinal) : [];

    private bool IsInside(TypeDefinition type) =>
        type.Namespace.Length > 0
        && (type.Namespace == _root || type.Namespace.StartsWith(_root + ".", StringComparison.Ordinal));

    private bool IsNamespace(string part) => part.StartsWith(_root + ".", StringComparison.Ordinal);

    private string PartOf(TypeDefinition type) => type.Namespace == _root ? type.Name : type.Namespace;
}
