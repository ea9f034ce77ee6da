using Deterministic.Exploration;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>What a test has started, and what it states, fails it as its own exceptions do.</summary>
public sealed class UnhandledTests
{
    [Theory]
    [InlineData(nameof(UnhandledSamples.AssertsInAHandler), BuiltInProperties.NoHandlerError, "should be")]
    [InlineData(nameof(UnhandledSamples.ForgetsATask), BuiltInProperties.NoUnobservedFailure, "nobody looks")]
    [InlineData(
        nameof(UnhandledSamples.ForgetsATaskInItsLastLine),
        BuiltInProperties.NoUnobservedFailure,
        "nobody looks"
    )]
    [InlineData(nameof(UnhandledSamples.FailsBeforeWhatItHasLeftBehind), BuiltInProperties.NoException, "should be")]
    [InlineData(nameof(UnhandledSamples.ForgetsATaskAndFails), BuiltInProperties.NoException, "should be")]
    [InlineData(
        nameof(UnhandledSamples.ReturnsNoTask),
        BuiltInProperties.NoException,
        "ReturnsNoTask returned null instead of a task."
    )]
    [InlineData(
        nameof(UnhandledSamples.AssertsInACallbackOfAToken),
        BuiltInProperties.NoException,
        "at UnhandledSamples.AssertsInACallbackOfAToken"
    )]
    [InlineData(nameof(UnhandledSamples.StatesWhatDoesNotHold), "mine", "It does not hold.")]
    [InlineData(nameof(UnhandledSamples.WaitsForWhatNeverComesTrue), "comes-true", "It is WaitingForActivation.")]
    public async Task What_does_not_hold_fails_the_test_by_its_name(string method, string property, string message)
    {
        using Sample sample = await Sample.RunAsync<UnhandledSamples>(method);

        sample.Summary.Failed.ShouldBe(1);
        sample.Message.ShouldContain(message);
        Tape.Load(sample.Tapes.ShouldHaveSingleItem()).Header.Options[RunTape.FindingOption].ShouldBe(property);
    }

    [Fact]
    public async Task An_assertion_in_a_handler_is_reported_with_its_message_and_the_line_of_the_handler()
    {
        using Sample sample = await Sample.RunAsync<UnhandledSamples>(nameof(UnhandledSamples.AssertsInAHandler));

        sample.Message.ShouldContain("should be");
        sample.Message.ShouldContain(nameof(UnhandledSamples.AssertsInAHandler));
        sample.Message.ShouldContain("UnhandledSamples.cs:");
    }

    [Fact]
    public async Task A_task_that_failed_and_that_nobody_awaited_is_reported_as_such_with_the_line_that_threw()
    {
        using Sample sample = await Sample.RunAsync<UnhandledSamples>(nameof(UnhandledSamples.ForgetsATask));

        sample.Message.ShouldContain(
            "\nA task failed, and nobody awaited it (no-unobserved-failure):\nInvalidOperationException: nobody looks\n   at UnhandledSamples.FailAsync in "
        );
        sample.Message.ShouldMatch("UnhandledSamples\\.cs:line \\d+\n");
    }

    [Theory]
    [InlineData(nameof(UnhandledSamples.AssertsInAHandler))]
    public async Task What_a_handler_has_thrown_is_reported_as_such(string method)
    {
        using Sample sample = await Sample.RunAsync<UnhandledSamples>(method);

        sample.Message.ShouldContain("\nA handler of a server threw (no-handler-error):\nShouldAssertException: ");
    }

    [Theory]
    [InlineData(nameof(UnhandledSamples.LosesAConnectionInAHandler))]
    [InlineData(nameof(UnhandledSamples.ExpectsWhatItsHandlerThrows))]
    public async Task What_the_network_does_and_what_is_expected_does_not(string method)
    {
        using Sample sample = await Sample.RunAsync<UnhandledSamples>(method);

        sample.Passed.ShouldBeTrue();
    }
}
