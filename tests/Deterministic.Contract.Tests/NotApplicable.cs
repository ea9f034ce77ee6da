namespace Deterministic.Contract.Tests;

internal static class NotApplicable
{
    public const string Here = "Not applicable: this world lacks what the row names.";
}
