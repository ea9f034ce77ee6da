namespace Deterministic.Simulation.Xunit.Tests;

public sealed class SignatureTests
{
    private const string OneParameter =
        "must take exactly one parameter, the SimulatedWorld; write it as: public async Task Claim(SimulatedWorld world).";

    [Theory]
    [InlineData(nameof(SignatureSamples.TakesNothing), OneParameter)]
    [InlineData(nameof(SignatureSamples.TakesSomethingElse), OneParameter)]
    [InlineData(nameof(SignatureSamples.TakesTwo), OneParameter)]
    [InlineData(nameof(SignatureSamples.ReturnsNothing), "must return a Task (or ValueTask)")]
    [InlineData(nameof(SignatureSamples.IsGeneric), "is generic")]
    [InlineData(nameof(SignatureSamples.HasNoSeeds), "has Seeds = 0; set at least 1")]
    [InlineData(
        nameof(SignatureSamples.HasSeedsPastTheLast),
        "has 3 seeds from 18446744073709551614 on, but the last seed is 18446744073709551615; lower FirstSeed or Seeds"
    )]
    [InlineData(
        nameof(SignatureSamples.HasUnknownFaults),
        "names the unknown faults 'gale'; known are 'calm', 'lossy-wan'"
    )]
    [InlineData(
        nameof(SignatureSamples.HasMisspelledFaults),
        "names the unknown faults 'lossywan': did you mean 'lossy-wan'? Known are 'calm', 'lossy-wan'"
    )]
    [InlineData(
        nameof(SignatureSamples.HasAMisspelledRule),
        "has the invalid rule 'restet nth=1': There is no fault 'restet'. Did you mean 'reset'? There are: "
    )]
    [InlineData(
        nameof(SignatureSamples.HasAMisspelledSetting),
        "In the fault 'reset', at 'at-mots=1': There is no setting 'at-mots'. Did you mean 'at-most'?"
    )]
    [InlineData(
        nameof(SignatureSamples.HasABadRule),
        "has the invalid rule 'jitter': In the fault 'jitter': say how long"
    )]
    public async Task A_method_that_cannot_be_run_fails_with_what_is_wrong(string method, string fault)
    {
        using Sample sample = await Sample.RunAsync<SignatureSamples>(method);

        sample.Summary.Failed.ShouldBe(1);
        sample.Message.ShouldContain($"'{method}'");
        sample.Message.ShouldContain(fault);
    }
}
