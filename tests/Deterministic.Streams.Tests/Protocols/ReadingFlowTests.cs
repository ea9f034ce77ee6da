namespace Deterministic.Streams.Tests;

public class ReadingFlowTests
{
    [Clause("P-21")]
    [Fact]
    public void Paused_it_receives_nothing_and_resumed_all_of_it()
    {
        Line line = new();
        line.Transport.PauseReading();
        line.Transport.PauseReading();
        line.Transport.IsReading.ShouldBeFalse();
        line.Wire.Arrive("one");
        line.Wire.Arrive("two");
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made");
        line.Transport.ResumeReading();
        line.Told.ShouldBe("made", "never on the stack of the one who resumes");
        line.Transport.ResumeReading();
        line.Wire.RunScheduled();
        line.Protocol.Received.ShouldBe("onetwo");
        line.Transport.IsReading.ShouldBeTrue();
    }

    [Clause("P-21")]
    [Fact]
    public void Paused_inside_a_callback_no_data_comes_after_it()
    {
        Line line = new();
        line.Protocol.Does["data"] = told => told.Transport.PauseReading();
        line.Wire.Arrive("one");
        line.Wire.Arrive("two");
        line.Wire.RunScheduled();
        line.Protocol.Received.ShouldBe("one");
        line.Transport.ResumeReading();
        line.Wire.RunScheduled();
        line.Protocol.Received.ShouldBe("onetwo");
    }

    [Clause("P-21")]
    [Fact]
    public void Paused_as_the_connection_is_made_it_receives_when_resumed()
    {
        Line line = new(protocol => protocol.Does["made"] = told => told.Transport.PauseReading());
        line.Wire.Arrive("data");
        line.Told.ShouldBe("made");
        line.Transport.ResumeReading();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made data");
    }

    [Clause("P-21")]
    [Fact]
    public void Paused_it_holds_the_peer_back_once_a_bounded_amount_has_arrived()
    {
        Line line = new();
        line.Transport.PauseReading();
        string chunk = new('x', 4096);
        int arrived = 0;
        while (line.Wire.IsReceiving)
        {
            line.Wire.Arrive(chunk);
            arrived += chunk.Length;
            arrived.ShouldBeLessThan(1 << 20, "it never stops receiving");
        }

        line.Transport.ResumeReading();
        line.Wire.RunScheduled();
        line.Protocol.Received.Length.ShouldBe(arrived);
        line.Wire.IsReceiving.ShouldBeTrue();
    }

    [Clause("P-21")]
    [Fact]
    public void The_peers_end_waits_until_reading_is_resumed()
    {
        Line line = new();
        line.Transport.PauseReading();
        line.Wire.Arrive("last");
        line.Wire.ArriveEof();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made");
        line.Transport.ResumeReading();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made data eof lost");
    }

    [Clause("P-21")]
    [Fact]
    public void A_loss_does_not_wait_and_what_was_held_back_is_dropped()
    {
        Line line = new();
        line.Transport.PauseReading();
        line.Wire.Arrive("too late");
        line.Wire.ArriveError(Wire.Reset);
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made lost");
        line.Protocol.Error.ShouldBeSameAs(Wire.Reset);
    }

    [Clause("P-21")]
    [Fact]
    public void Closed_while_paused_it_is_lost_all_the_same()
    {
        Line line = new();
        line.Transport.PauseReading();
        line.Wire.Arrive("too late");
        line.Transport.Close();
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made lost");
    }

    [Clause("P-21")]
    [Fact]
    public void Paused_in_the_last_callback_before_a_loss_it_receives_no_more()
    {
        Line line = new();
        line.Protocol.Does["data"] = told =>
        {
            told.Transport.PauseReading();
            line.Wire.Arrive("second");
            line.Wire.ArriveError(Wire.Reset);
        };
        line.Wire.Arrive("first");
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made data lost");
    }
}
