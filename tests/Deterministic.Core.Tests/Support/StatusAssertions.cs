namespace Deterministic.Core.Tests;

/// <summary>Assertions that allocate nothing as long as they hold.</summary>
internal static class StatusAssertions
{
    public static void ShouldBeCompleted(this ReadStatus status)
    {
        if (status != ReadStatus.Completed)
        {
            throw new InvalidOperationException($"The read is {status}.");
        }
    }
}
