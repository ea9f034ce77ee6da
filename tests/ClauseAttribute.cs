namespace Deterministic.Tests;

/// <summary>Names the clauses of <c>specs/clauses</c> that a test shows, or that each test of a class shows. <c>specs/coverage.md</c> is generated from the built tests.</summary>
/// <param name="ids">For example <c>R-FEED-02</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class ClauseAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids => ids;
}
