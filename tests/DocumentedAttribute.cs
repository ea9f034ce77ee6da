namespace Deterministic.Tests;

/// <summary>Names the members and parameters of asyncio, as <c>specs/clauses/members.md</c> has them, that a test shows: it fails if one of them is ignored here.</summary>
/// <remarks>A parameter that is built is covered only by a test that names it; see <c>specs/coverage.md</c>.</remarks>
/// <param name="names">For example <c>start_server(backlog)</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class DocumentedAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;
}
