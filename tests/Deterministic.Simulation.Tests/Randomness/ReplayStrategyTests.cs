using Deterministic.Exploration;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

public class ReplayStrategyTests
{
    [Property]
    public void What_a_random_run_recorded_a_replay_answers(ulong seed, byte[] sizes)
    {
        var recording = new ChoiceSource(new RandomStrategy(seed));
        var chosen = sizes.Select(size => recording.Choose(ChoiceKind.Split, size + 1)).ToArray();

        var replay = new ReplayStrategy(Tapes.Of([.. recording.Recorded]));
        var source = new ChoiceSource(replay);
        sizes.Select(size => source.Choose(ChoiceKind.Split, size + 1)).ShouldBe(chosen);
        replay.IsUsedUp.ShouldBeTrue();
        source.Recorded.ShouldBe(recording.Recorded);
    }

    [Fact]
    public void Another_kind_diverges_and_both_sides_are_told()
    {
        var replay = new ReplayStrategy(Tapes.Of(Tapes.SomeChoices));
        replay.Choose(ChoiceKind.Schedule, 3);
        var divergence = Should.Throw<TapeDivergenceException>(() => replay.Choose(ChoiceKind.Latency, 2));
        divergence.Position.ShouldBe(1);
        divergence.Recorded.ShouldBe(Tapes.SomeChoices[1]);
        divergence.AskedKind.ShouldBe(ChoiceKind.Latency);
        divergence.AskedAlternatives.ShouldBe(2);
        divergence.Message.ShouldContain(
            "choice 1: the tape holds 'schedule 0/2', the run asks for 'latency' with 2 alternatives"
        );
    }

    [Fact]
    public void Another_number_of_alternatives_diverges() =>
        Should
            .Throw<TapeDivergenceException>(() =>
                new ReplayStrategy(Tapes.Of(Tapes.SomeChoices)).Choose(ChoiceKind.Schedule, 4)
            )
            .Position.ShouldBe(0);

    [Fact]
    public void A_tape_that_has_ended_diverges()
    {
        var replay = new ReplayStrategy(Tapes.Of(Tapes.SomeChoices[0]));
        replay.IsUsedUp.ShouldBeFalse();
        replay.Choose(ChoiceKind.Schedule, 3);
        replay.IsUsedUp.ShouldBeTrue();
        var divergence = Should.Throw<TapeDivergenceException>(() => replay.Choose(ChoiceKind.Schedule, 3));
        divergence.Recorded.ShouldBeNull();
        divergence.Message.ShouldContain("has ended");
    }
}
