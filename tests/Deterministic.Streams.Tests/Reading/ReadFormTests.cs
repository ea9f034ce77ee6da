using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>What holds for every way to read.</summary>
public class ReadFormTests
{
    private const string Data = "abc\ndef";

    public static TheoryData<string> Forms => [.. ReadForms.Names];

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_is_there_is_read_at_once(string form)
    {
        Wire wire = new();
        wire.Transport.Arrive(Data);
        wire.Transport.ArriveEof();
        wire.Read(form).Now().ShouldBe(ReadForms.AnswerTo(form));
        wire.Transport.ScheduledCount.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_is_not_there_is_waited_for_and_continues_on_the_drivers_stack(string form)
    {
        Wire wire = new();
        Task<string> read = wire.Read(form);
        read.ShouldWait();
        wire.Transport.Arrive(Data);
        if (ReadForms.NeedsEnd(form))
        {
            read.ShouldWait();
            wire.Transport.ArriveEof();
        }

        read.Now().ShouldBe(ReadForms.AnswerTo(form));
        wire.Transport.ScheduledCount.ShouldBe(0, "the driver brought it, so it needs no detour");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_follows_is_there_for_the_next_read(string form)
    {
        Wire wire = new();
        Task<string> read = wire.Read(form);
        wire.Transport.Arrive(Data);
        wire.Transport.ArriveEof();
        string answer = read.Now();
        int taken = answer.EndsWith("skipped", StringComparison.Ordinal) ? 4 : answer.Length;
        wire.ReadAsync().Text().ShouldBe(Data[taken..]);
        wire.Reader.AtEof.ShouldBeTrue();
    }

    [Clause("R-READ-05")]
    [Fact]
    public void What_an_owned_read_returns_is_the_callers_own()
    {
        Wire wire = new();
        wire.Transport.Arrive("abcdefghi");
        byte[] kept = wire.ReadAsync(3).Now();
        byte[] cleared = wire.ReadAsync(3).Now();
        cleared.AsSpan().Clear();
        wire.ReadAsync(3).Text().ShouldBe("ghi");
        for (int i = 0; i < 100; i++)
        {
            wire.Transport.Arrive(new string('x', 1000));
            wire.ReadAsync(1000).Now();
        }

        kept.ShouldBe(Bytes.Of("abc"));
        cleared.ShouldBe(new byte[3]);
    }

    [Clause("R-CONC-01", "R-CONC-02", "R-CONC-04")]
    [Theory]
    [MemberData(nameof(Forms))]
    public void A_second_read_throws_and_disturbs_nothing(string second)
    {
        Wire wire = new();
        Task<byte[]> first = wire.Reader.ReadExactlyAsync(9).AsTask();
        wire.Transport.Arrive(Data);
        wire.Read(second).Error<InvalidOperationException>().Message.ShouldContain("one read at a time");
        wire.Transport.Arrive("gh");
        first.Text().ShouldBe("abc\ndefgh");
    }

    [Clause("R-CONC-03", "R-CONC-04")]
    [Theory]
    [MemberData(nameof(Forms))]
    public void A_second_read_throws_also_while_the_result_of_the_first_waits_to_be_picked_up(string second)
    {
        Wire wire = new();
        ValueTask<byte[]> first = wire.Reader.ReadExactlyAsync(3);
        wire.Transport.Arrive(Data);
        first.IsCompleted.ShouldBeTrue();
        wire.Read(second).Error<InvalidOperationException>().Message.ShouldContain("one read at a time");
        Should.Throw<InvalidOperationException>(wire.Reader.TakeBuffered).Message.ShouldContain("one read at a time");
        first.AsTask().Text().ShouldBe("abc");
        wire.Reader.TakeBuffered().ShouldBe(Bytes.Of("\ndef"));
    }

    [Clause("R-CANC-01")]
    [Theory]
    [MemberData(nameof(Forms))]
    public void A_cancelled_read_is_cancelled_and_loses_nothing(string form)
    {
        Wire wire = new();
        using CancellationTokenSource source = new();
        string held = form is "read" or "fill" or "borrow" or "skip line" or "skip until" ? "" : "a";
        Arrive(held);
        Task<string> read = wire.Read(form, source.Token);
        read.ShouldWait();
        source.Cancel();
        read.ShouldWait();
        wire.Transport.RunScheduled().ShouldBe(1, "never on the stack of the cancel");
        read.ShouldBeCancelledBy(source.Token);
        wire.Reader.Buffered.ShouldBe(held.Length);
        Arrive("bc");
        wire.ReadAsync(9).Text().ShouldBe(held + "bc");

        void Arrive(string text)
        {
            if (text.Length > 0)
            {
                wire.Transport.Arrive(text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_token_that_is_cancelled_already_ends_the_read_before_it_begins(string form)
    {
        Wire wire = new();
        wire.Transport.Arrive(Data);
        CancellationToken cancelled = new(canceled: true);
        wire.Read(form, cancelled).ShouldBeCancelledBy(cancelled);
        wire.Reader.Buffered.ShouldBe(Data.Length);
        wire.ReadAsync(9).Text().ShouldBe(Data);
    }

    [Clause("R-EXC-01", "R-EXC-03", "W-LOST-04")]
    [Theory]
    [MemberData(nameof(Forms))]
    public void After_a_loss_every_read_throws_that_very_error_and_what_had_arrived_stays_reachable(string form)
    {
        Wire wire = new();
        Task<byte[]> waiting = wire.Reader.ReadExactlyAsync(99).AsTask();
        wire.Transport.Arrive(Data);
        wire.Transport.ArriveError(Wire.Reset);
        waiting.Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.Read(form).Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.Reader.Exception.ShouldBeSameAs(Wire.Reset);
        Bytes.Text(wire.Reader.PeekBuffered()).ShouldBe(Data);
        Bytes.Text(wire.Reader.TakeBuffered()).ShouldBe(Data);
        wire.Reader.Buffered.ShouldBe(0);
    }

    [Clause("R-EXC-02", "P-12")]
    [Theory]
    [MemberData(nameof(Forms))]
    public void A_waiting_read_fails_with_the_connection(string form)
    {
        Wire wire = new();
        Task<string> read = wire.Read(form);
        wire.Transport.ArriveError(Wire.Reset);
        read.Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }

    [Clause("W-CLOSE-04", "P-12")]
    [Theory]
    [MemberData(nameof(Forms))]
    public void Closing_wakes_a_waiting_read_as_the_end_of_the_stream_but_not_on_the_closers_stack(string form)
    {
        Wire wire = new();
        Task<string> read = wire.Read(form);
        wire.Writer.Close();
        read.ShouldWait();
        wire.Transport.RunScheduled().ShouldBeGreaterThan(0);
        switch (form)
        {
            case "exactly" or "fill exactly" or "borrow exactly":
                read.Error<IncompleteReadException>().Expected.ShouldBe(3);
                break;
            case "until" or "borrow until" or "until any" or "borrow until any":
                read.Error<IncompleteReadException>().Expected.ShouldBeNull();
                break;
            case "skip line" or "skip until":
                read.Now().ShouldBe("0 skipped");
                break;
            case "next":
                read.Now().ShouldBe("no more");
                break;
            default:
                read.Now().ShouldBe("");
                break;
        }

        wire.Reader.AtEof.ShouldBeTrue();
    }
}
