namespace Deterministic.Contract.Tests;

/// <summary>What became of a case on an arm.</summary>
internal sealed record CaseResult(CaseOutcome Outcome, ContractCapabilities Missing, string Message)
{
    public static CaseResult Passed { get; } = new(CaseOutcome.Passed, ContractCapabilities.None, "");

    public static async Task<CaseResult> OfAsync(Arm arm, ContractCase one)
    {
        if (!one.AppliesTo(arm.Capabilities))
        {
            return new CaseResult(CaseOutcome.NotApplicable, one.Needs & ~arm.Capabilities, "");
        }

        try
        {
            await arm.RunAsync(one);
            return Passed;
        }
        catch (Exception error)
        {
            return new CaseResult(CaseOutcome.Failed, ContractCapabilities.None, error.Message);
        }
    }
}
