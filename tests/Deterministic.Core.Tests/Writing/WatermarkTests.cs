namespace Deterministic.Core.Tests;

public class WatermarkTests
{
    [Clause("W-WM-04", "W-WM-07")]
    [Theory]
    [InlineData(10, 4, 10, false)]
    [InlineData(10, 4, 11, true)]
    [InlineData(0, 0, 0, false)]
    [InlineData(0, 0, 1, true)]
    [InlineData(65536, 16384, 65536, false)]
    [InlineData(65536, 16384, 65537, true)]
    public void Writing_pauses_above_the_high_mark(int high, int low, int queued, bool paused)
    {
        WriterMachine writer = new(WriteBufferLimits.Create(high, low));
        writer.Queue(queued);
        writer.IsPaused.ShouldBe(paused);
    }

    [Clause("W-WM-05")]
    [Theory]
    [InlineData(10, 4, 7, false)]
    [InlineData(10, 4, 6, true)]
    [InlineData(10, 10, 1, false)]
    [InlineData(0, 0, 10, true)]
    [InlineData(0, 0, 11, false)]
    [InlineData(10, 0, 11, false)]
    [InlineData(10, 0, 10, true)]
    public void Writing_resumes_at_or_below_the_low_mark(int high, int low, int taken, bool paused)
    {
        WriterMachine writer = new(WriteBufferLimits.Create(high, low));
        writer.Queue(11);
        writer.IsPaused.ShouldBeTrue();
        writer.Take(taken);
        writer.IsPaused.ShouldBe(paused);
    }

    [Fact]
    public void The_high_mark_is_tested_only_when_the_transport_had_its_chance()
    {
        WriterMachine writer = new(WriteBufferLimits.Create(4));
        writer.Write("abcdefgh");
        writer.IsPaused.ShouldBeFalse();
        writer.TryBeginSend(out _);
        writer.IsPaused.ShouldBeFalse();
        writer.Blocked();
        writer.IsPaused.ShouldBeTrue();
    }

    [Fact]
    public void A_write_behind_a_send_under_way_is_tested_at_once()
    {
        WriterMachine writer = new(WriteBufferLimits.Create(4));
        writer.Write("abcd");
        writer.TryBeginSend(out _);
        writer.Write("");
        writer.IsPaused.ShouldBeFalse();
        writer.Write("e");
        writer.IsPaused.ShouldBeTrue();
    }

    [Fact]
    public void An_empty_write_tests_nothing()
    {
        WriterMachine writer = new(WriteBufferLimits.Create(4));
        writer.Write("abcdefgh");
        writer.TryBeginSend(out _);
        writer.Write("");
        writer.IsPaused.ShouldBeFalse();
    }

    [Fact]
    public void Between_the_marks_nothing_changes()
    {
        WriterMachine writer = new(WriteBufferLimits.Create(10, 4));
        writer.Queue(8);
        writer.IsPaused.ShouldBeFalse();
        writer.Take(1);
        writer.IsPaused.ShouldBeFalse();
        writer.Queue(4);
        writer.IsPaused.ShouldBeTrue();
        writer.Take(5);
        writer.Queue(1);
        writer.IsPaused.ShouldBeTrue();
    }

    [Clause("W-WM-06")]
    [Fact]
    public void Lower_marks_pause_at_once()
    {
        WriterMachine writer = new(WriteBufferLimits.Create(10));
        writer.Queue(6);
        writer.SetLimits(WriteBufferLimits.Create(6));
        writer.IsPaused.ShouldBeFalse();
        writer.SetLimits(WriteBufferLimits.Create(5));
        writer.IsPaused.ShouldBeTrue();
        writer.Limits.ShouldBe(WriteBufferLimits.Create(5));
    }

    [Clause("W-WM-06")]
    [Fact]
    public void Higher_marks_resume_only_with_the_next_send()
    {
        WriterMachine writer = new(WriteBufferLimits.Create(4));
        writer.Queue(9);
        writer.SetLimits(WriteBufferLimits.Create(100));
        writer.IsPaused.ShouldBeTrue();
        writer.Take(0);
        writer.IsPaused.ShouldBeTrue("a send that takes nothing does not resume");
        writer.Take(1);
        writer.IsPaused.ShouldBeFalse();
    }
}
