namespace Deterministic.Core.Tests;

internal static class ReaderPropertyAssertions
{
    public static void ShouldBeSameAnswer(this string model, string machine, ReaderStep step) =>
        machine.ShouldBe(model, $"the model's answer to {step.Print(0)}");
}
