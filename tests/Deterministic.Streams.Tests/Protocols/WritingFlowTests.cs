using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class WritingFlowTests
{
    [Clause("P-20")]
    [Fact]
    public void A_write_that_goes_too_far_pauses_before_it_returns()
    {
        Line line = new(high: 8);
        line.SaturatedWriter(8);
        line.Told.ShouldBe("made");
        line.Write("x");
        line.Told.ShouldBe("made pause");
        line.Write("x");
        line.Told.ShouldBe("made pause", "once");
        line.Transport.Buffered.ShouldBe(10);
    }

    [Clause("P-20")]
    [Fact]
    public void A_loop_of_writes_inside_a_callback_ends_by_the_pause()
    {
        bool paused = false;
        int written = 0;
        Line line = new(
            protocol =>
            {
                protocol.Does["pause"] = _ => paused = true;
                protocol.Does["data"] = told =>
                {
                    while (!paused)
                    {
                        told.Transport.Write("1234"u8);
                        written += 4;
                    }
                };
            },
            high: 8
        );
        line.Wire.Limit(10);
        line.Wire.Arrive("go");
        line.Told.ShouldBe("made data pause");
        written.ShouldBe(20, "10 were taken, and more than 8 queued");
    }

    [Clause("P-20")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Writing_resumes_at_the_low_watermark_and_can_pause_again(int times)
    {
        Line line = new(high: 8);
        string expected = "made";
        for (int time = 0; time < times; time++)
        {
            line.SaturatedWriter(9);
            line.Wire.RunScheduled();
            line.Wire.Accept(6);
            line.Told.ShouldBe(expected + " pause", "3 are left, and the low mark is 2");
            line.Wire.Accept(1);
            expected += " pause resume";
            line.Told.ShouldBe(expected);
            line.Wire.Accept(2);
        }
    }

    [Clause("P-20")]
    [Fact]
    public void Nothing_resumes_on_the_stack_of_the_one_who_writes()
    {
        Line line = new(high: 8);
        line.SaturatedWriter(9);
        // Drained before anybody came to wait for it.
        line.Wire.Accept(9);
        line.Told.ShouldBe("made pause");
        line.Write("x");
        line.Told.ShouldBe("made pause");
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made pause resume");
    }

    [Clause("P-20")]
    [Fact]
    public void A_protocol_that_writes_too_much_as_it_resumes_is_paused_inside_that()
    {
        Line line = new(protocol => protocol.Does["resume"] = told => told.Transport.Write(new byte[9]), high: 8);
        line.SaturatedWriter(9);
        line.Wire.RunScheduled();
        line.Wire.Accept(9);
        line.Told.ShouldBe("made pause resume pause");
        line.Wire.RunScheduled();
        line.Protocol.Does.Clear();
        line.Wire.Accept(9);
        line.Told.ShouldBe("made pause resume pause resume");
    }

    [Clause("P-20")]
    [Fact]
    public void Full_again_before_it_could_resume_it_stays_paused()
    {
        Line line = new(high: 8);
        line.SaturatedWriter(9);
        line.Wire.Accept(9);
        line.Wire.Limit(0);
        line.Write(new string('y', 20));
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made pause");
        line.Wire.Accept(20);
        line.Wire.RunScheduled();
        line.Told.ShouldBe("made pause resume");
    }

    [Clause("P-20")]
    [Fact]
    public void Lower_watermarks_can_pause_at_once()
    {
        Line line = new(high: 100);
        line.SaturatedWriter(50);
        line.Told.ShouldBe("made");
        line.Transport.WriteBufferLimits = WriteBufferLimits.Create(10);
        line.Told.ShouldBe("made pause");
        line.Transport.WriteBufferLimits.High.ShouldBe(10);
    }

    [Clause("P-20")]
    [Documented("WriteTransport.writelines(list_of_data)")]
    [Fact]
    public void Many_pieces_pause_once_and_so_does_what_was_lent()
    {
        Line line = new(high: 8);
        line.Wire.Limit(0);
        line.Transport.WriteLines([new byte[5], new byte[5], new byte[5]]);
        line.Told.ShouldBe("made pause");
        line.Transport.Write(new System.Buffers.ReadOnlySequence<byte>(new byte[5]));
        line.Told.ShouldBe("made pause");
        line.Transport.Buffered.ShouldBe(20);
    }

    [Clause("P-17", "P-20")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lost_while_paused_it_does_not_resume(bool error)
    {
        Line line = new(high: 8);
        line.SaturatedWriter(9);
        line.Wire.RunScheduled();
        if (error)
        {
            line.Wire.FailSend(Wire.Reset);
        }
        else
        {
            line.Transport.Abort();
        }

        line.Wire.RunScheduled();
        line.Told.ShouldBe("made pause lost");
        line.Protocol.Error.ShouldBe(error ? Wire.Reset : null);
    }

    [Fact]
    public void A_write_after_the_end_of_our_half_is_refused_as_by_a_writer()
    {
        Line line = new();
        line.Transport.CanWriteEof.ShouldBeTrue();
        line.Transport.WriteEof();
        Should.Throw<InvalidOperationException>(() => line.Write("late"));
    }

    [Clause("W-INFO-01")]
    [Documented("BaseTransport.get_extra_info(name)", "BaseTransport.get_extra_info(default)")]
    [Fact]
    public void Facts_are_known_by_name()
    {
        Line line = new();
        line.Transport.GetExtraInfo("peername").ShouldBeSameAs(line.Wire.RemoteEndPoint);
        line.Transport.GetExtraInfo("sockname").ShouldBeSameAs(line.Wire.LocalEndPoint);
        line.Transport.GetExtraInfo("colour").ShouldBe("blue");
        line.Transport.GetExtraInfo("size", 7).ShouldBe(7);
    }
}
