namespace Deterministic.Tests;

/// <summary>Names the clause of <c>specs/clauses</c> that a test shows. <c>specs/coverage.md</c> is generated from it.</summary>
/// <param name="ids">For example <c>R-FEED-02</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class ClauseAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids => ids;
}
