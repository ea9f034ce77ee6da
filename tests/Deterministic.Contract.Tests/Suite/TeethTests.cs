namespace Deterministic.Contract.Tests;

/// <summary>Drivers that make a mistake do not pass the case that is about it.</summary>
public sealed class TeethTests
{
    /// <summary>For the mistakes that show as a hang. The sound driver takes some milliseconds for any of these cases.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(1);

    /// <summary>A mistake that depends on which thread is faster can go by unnoticed now and then; hardly so often.</summary>
    private const int MostRuns = 20;

    public static TheoryData<string, string> Mistakes =>
        new()
        {
            { nameof(MemoryDefects.CloseDropsWhatIsUnderWay), "close/delivers" },
            { nameof(MemoryDefects.AbortLooksLikeTheEnd), "reset/in-pending-read" },
            { nameof(MemoryDefects.AbortLooksLikeTheEnd), "reset/after-half-close" },
            { nameof(MemoryDefects.AbortLooksLikeTheEnd), "serve/abort-clients" },
            { nameof(MemoryDefects.CloseForgetsUnread), "reset/close-with-unread" },
            { nameof(MemoryDefects.CloseForgetsUnread), "reset/write-to-closed" },
            { nameof(MemoryDefects.ShutdownClosesBothHalves), "half-close/client-first" },
            { nameof(MemoryDefects.ShutdownClosesBothHalves), "half-close/server-first" },
            { nameof(MemoryDefects.ShutdownClosesBothHalves), "half-close/is-no-close" },
            { nameof(MemoryDefects.ShutdownIsSilent), "half-close/client-first" },
            { nameof(MemoryDefects.ShutdownIsSilent), "half-close/after-much" },
            { nameof(MemoryDefects.NeverBlocks), "flow/slow-reader" },
            { nameof(MemoryDefects.NeverBlocks), "cancel/drain" },
            { nameof(MemoryDefects.ForgetsTheWaitingSender), "flow/slow-reader" },
            { nameof(MemoryDefects.ForgetsTheWaitingSender), "flow/many-drains" },
            { nameof(MemoryDefects.ForgetsTheWaitingSender), "close/flushes" },
            { nameof(MemoryDefects.AltersBytes), "echo/large" },
            { nameof(MemoryDefects.AltersBytes), "connect/crowd" },
            { nameof(MemoryDefects.AltersBytes), "flow/slow-reader" },
            { nameof(MemoryDefects.LosesTheTailOfASend), "echo/large" },
            { nameof(MemoryDefects.EndOvertakesData), "half-close/delivers" },
            { nameof(MemoryDefects.EndOvertakesData), "close/delivers" },
            { nameof(MemoryDefects.NeverRefuses), "connect/refused" },
            { nameof(MemoryDefects.NeverRefuses), "serve/refuses-after-close" },
            { nameof(MemoryDefects.StealsAddresses), "serve/address-in-use" },
            { nameof(MemoryDefects.ListenerClosesConnections), "serve/close" },
            { nameof(MemoryDefects.CancelledConnectLeaks), "cancel/connect-midway" },
            { nameof(MemoryDefects.ConfusesAddresses), "connect/serve" },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_noticed(string defect, string name)
    {
        for (int run = 1; run <= MostRuns; run++)
        {
            try
            {
                await ContractSuite
                    .Find(name)
                    .RunAsync(MemoryArm.NewWorld(Enum.Parse<MemoryDefects>(defect)) with { Patience = ShortPatience });
            }
            catch (ContractViolationException violation)
            {
                violation.Message.ShouldNotBeEmpty();
                return;
            }
        }

        Assert.Fail($"{name} passed {MostRuns} times on a driver with the mistake {defect}.");
    }

    [Fact]
    public void Every_mistake_has_its_case() =>
        Enum.GetNames<MemoryDefects>()
            .Except(Mistakes.Select(row => (string)row[0]), StringComparer.Ordinal)
            .ShouldBe([nameof(MemoryDefects.None)]);
}
