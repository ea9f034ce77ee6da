using Deterministic.Faults.Engine;

namespace Deterministic.Simulation.Tests;

/// <summary>What must hold of the two tables of faults whatever the order of events.</summary>
public sealed class TransitionTests
{
    [Fact]
    public void A_lost_half_stays_lost_and_every_write_fails()
    {
        foreach (OutgoingInput input in Enum.GetValues<OutgoingInput>())
        {
            OutgoingState state = OutgoingState.Lost;
            OutgoingAction action = OutgoingTransitions.Apply(ref state, input);
            state.ShouldBe(OutgoingState.Lost, $"{input}");
            action.ShouldBe(input == OutgoingInput.Write ? OutgoingAction.Fail : OutgoingAction.None, $"{input}");
        }
    }

    [Fact]
    public void No_byte_is_sent_once_a_fault_has_struck()
    {
        OutgoingState[] struck =
        [
            OutgoingState.Cut,
            OutgoingState.Answered,
            OutgoingState.Blackholed,
            OutgoingState.Lost,
        ];
        foreach (OutgoingState before in struck)
        {
            foreach (OutgoingInput input in Enum.GetValues<OutgoingInput>())
            {
                OutgoingState state = before;
                OutgoingTransitions.Apply(ref state, input).ShouldNotBe(OutgoingAction.Send, $"{before}, {input}");
                struck.ShouldContain(state, $"{before}, {input}");
            }
        }
    }

    [Fact]
    public void A_cut_is_answered_once_and_only_if_the_program_writes()
    {
        OutgoingState state = OutgoingState.Open;
        OutgoingTransitions.Apply(ref state, OutgoingInput.Cut).ShouldBe(OutgoingAction.SendEnd);
        OutgoingTransitions.Apply(ref state, OutgoingInput.Answer).ShouldBe(OutgoingAction.None);
        OutgoingTransitions.Apply(ref state, OutgoingInput.Shutdown).ShouldBe(OutgoingAction.None);
        OutgoingTransitions.Apply(ref state, OutgoingInput.Write).ShouldBe(OutgoingAction.Answer);
        OutgoingTransitions.Apply(ref state, OutgoingInput.Write).ShouldBe(OutgoingAction.Wait);
        OutgoingTransitions.Apply(ref state, OutgoingInput.Answer).ShouldBe(OutgoingAction.Fail);
        state.ShouldBe(OutgoingState.Lost);
    }

    [Fact]
    public void The_end_of_a_stream_is_sent_once()
    {
        OutgoingState state = OutgoingState.Open;
        OutgoingTransitions.Apply(ref state, OutgoingInput.Shutdown).ShouldBe(OutgoingAction.SendEnd);
        OutgoingTransitions.Apply(ref state, OutgoingInput.Shutdown).ShouldBe(OutgoingAction.None);
    }

    [Fact]
    public void Nothing_is_delivered_once_a_fault_has_struck()
    {
        IncomingState[] struck =
        [
            IncomingState.Ended,
            IncomingState.Cut,
            IncomingState.Blackholed,
            IncomingState.Forgotten,
        ];
        foreach (IncomingState before in struck)
        {
            foreach (IncomingInput input in Enum.GetValues<IncomingInput>())
            {
                IncomingState state = before;
                IncomingAction action = IncomingTransitions.Apply(ref state, input);
                action.ShouldNotBe(IncomingAction.Deliver, $"{before}, {input}");
                action.ShouldNotBe(IncomingAction.DeliverEnd, $"{before}, {input}");
                struck.ShouldContain(state, $"{before}, {input}");
            }
        }
    }

    [Fact]
    public void What_a_peer_sends_behind_a_cut_resets_the_connection_once()
    {
        IncomingState state = IncomingState.Open;
        IncomingTransitions.Apply(ref state, IncomingInput.Cut).ShouldBe(IncomingAction.DeliverEnd);
        IncomingTransitions.Apply(ref state, IncomingInput.End).ShouldBe(IncomingAction.None);
        IncomingTransitions.Apply(ref state, IncomingInput.Data).ShouldBe(IncomingAction.Reset);
        IncomingTransitions.Apply(ref state, IncomingInput.Data).ShouldBe(IncomingAction.None);
    }

    [Fact]
    public void An_endpoint_that_has_lost_its_state_resets_its_peer_at_the_first_sign_of_it()
    {
        foreach (IncomingInput sign in new[] { IncomingInput.Data, IncomingInput.End })
        {
            IncomingState state = IncomingState.Open;
            IncomingTransitions.Apply(ref state, IncomingInput.Forget).ShouldBe(IncomingAction.None);
            IncomingTransitions.Apply(ref state, sign).ShouldBe(IncomingAction.ResetPeer);
        }
    }
}
