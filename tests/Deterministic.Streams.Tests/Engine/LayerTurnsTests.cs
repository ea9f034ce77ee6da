using Deterministic.Streams.Engine;

namespace Deterministic.Streams.Tests;

public sealed class LayerTurnsTests
{
    private readonly ScriptedTransport _transport = new();
    private readonly LayerTurns _turns;

    public LayerTurnsTests()
    {
        _turns = new LayerTurns(_transport, static () => { });
    }

    [Fact]
    public void A_part_runs_off_the_callers_stack_with_both_turns()
    {
        (long Reads, long Drains)? taken = null;
        _turns.Run(() => taken = (_turns.Reads.Enter(), _turns.Drains.Enter()));
        taken.ShouldBeNull();

        _transport.RunScheduled();
        taken.ShouldBe((0, 0));
        ShouldBeFree();
    }

    [Fact]
    public void A_part_that_throws_leaves_both_turns()
    {
        _turns.Run(static () => throw new InvalidOperationException("part"));

        Should.Throw<InvalidOperationException>(() => _transport.RunScheduled());
        ShouldBeFree();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_part_waits_for_a_turn_that_is_taken_and_holds_none_meanwhile(bool reads)
    {
        (LayerTurn taken, LayerTurn free) = reads ? (_turns.Reads, _turns.Drains) : (_turns.Drains, _turns.Reads);
        long turn = taken.Enter();
        int runs = 0;
        _turns.Run(() => runs++);
        _transport.RunScheduled();
        runs.ShouldBe(0);
        ShouldBeFree(free);

        taken.Leave(turn);
        _transport.RunScheduled();
        runs.ShouldBe(1);
        ShouldBeFree();
    }

    private void ShouldBeFree()
    {
        ShouldBeFree(_turns.Reads);
        ShouldBeFree(_turns.Drains);
    }

    private static void ShouldBeFree(LayerTurn turn)
    {
        long entered = turn.Enter();
        entered.ShouldNotBe(0);
        turn.Leave(entered);
    }
}
