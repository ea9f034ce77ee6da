namespace Deterministic.Core.Tests;

public class ConnectionWriteTests
{
    private readonly ConnectionMachine _connection = ConnectionTalk.New();

    [Fact]
    public void Writes_are_sent_in_order()
    {
        _connection.Write("ab");
        _connection.Write("cd");
        _connection.Send().ShouldBe("abcd");
        _connection.Sent(3);
        _connection.Send().ShouldBe("d");
        _connection.Sent(1);
        _connection.Send().ShouldBeNull();
    }

    public static TheoryData<ConnectionState> NotOpen =>
        [.. Enum.GetValues<ConnectionState>().Where(state => state != ConnectionState.Open)];

    [Theory]
    [MemberData(nameof(NotOpen))]
    public void After_a_close_or_a_loss_writes_are_dropped_without_a_word(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        long queued = connection.Writer.Buffered;
        connection.Write("late");
        connection.Write("");
        connection.Writer.Buffered.ShouldBe(queued);
        connection.TryBeginDirectSend().ShouldBeFalse();
        connection.Send().ShouldBe(state == ConnectionState.Flushing ? "queued" : null);
    }

    [Theory]
    [MemberData(nameof(NotOpen))]
    public void After_a_close_or_a_loss_the_end_is_not_written(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        connection.WriteEof();
        connection.Writer.End.ShouldBe(EofState.Open);
        connection.TryBeginShutdownWrite().ShouldBeFalse();
        connection.Write("still no error");
    }

    [Fact]
    public void Writing_after_the_end_was_written_is_refused_also_after_a_close()
    {
        _connection.WriteEof();
        Should.Throw<InvalidOperationException>(() => _connection.Write("")).Message.ShouldContain("after WriteEof");
        _connection.Close();
        Should.Throw<InvalidOperationException>(() => _connection.Write("a"));
    }

    [Fact]
    public void The_end_is_told_after_the_last_byte_and_reading_goes_on()
    {
        _connection.Write("ab");
        _connection.WriteEof();
        _connection.TryBeginShutdownWrite().ShouldBeFalse();
        _connection.Send().ShouldBe("ab");
        _connection.TryBeginShutdownWrite().ShouldBeFalse();
        _connection.Sent(2);
        _connection.TryBeginShutdownWrite().ShouldBeTrue();
        _connection.TryBeginShutdownWrite().ShouldBeFalse();
        _connection.ShutdownWriteDone();
        _connection.Writer.End.ShouldBe(EofState.Sent);
        _connection.TryBeginShutdownWrite().ShouldBeFalse();
        _connection.IsClosing.ShouldBeFalse();
        _connection.Drain().ShouldBe(DrainStatus.Completed);
        _connection.Receive("reply");
        _connection.Reader.Read(9).ShouldBe(ReaderTalk.Ok("reply"));
    }

    [Fact]
    public void A_close_makes_telling_the_end_needless()
    {
        _connection.WriteEof();
        _connection.Close();
        _connection.TryBeginShutdownWrite().ShouldBeFalse();
        _connection.BeginClose().ShouldBe("close");
    }

    [Fact]
    public void A_direct_send_is_for_an_open_connection_with_nothing_queued()
    {
        _connection.TryBeginDirectSend().ShouldBeTrue();
        _connection.SentDirect("cd"u8);
        _connection.TryBeginDirectSend().ShouldBeFalse();
        _connection.Send().ShouldBe("cd");
        _connection.Sent(2);
        _connection.TryBeginDirectSend().ShouldBeTrue();
    }

    [Fact]
    public void The_rest_of_a_direct_send_is_flushed_by_a_close_made_meanwhile()
    {
        _connection.TryBeginDirectSend();
        _connection.Close();
        _connection.State.ShouldBe(ConnectionState.Flushing, "the direct send is not over");
        _connection.BeginClose().ShouldBeNull();
        _connection.SentDirect("cd"u8);
        _connection.State.ShouldBe(ConnectionState.Flushing);
        _connection.Send().ShouldBe("cd");
        _connection.Sent(2);
        _connection.BeginClose().ShouldBe("close");
    }

    [Fact]
    public void A_direct_send_that_took_all_lets_a_close_made_meanwhile_go_on()
    {
        _connection.TryBeginDirectSend();
        _connection.Close();
        _connection.SentDirect([]);
        _connection.BeginClose().ShouldBe("close");
    }

    [Fact]
    public void The_rest_of_a_direct_send_is_dropped_by_an_abort_made_meanwhile()
    {
        _connection.TryBeginDirectSend();
        _connection.Abort();
        _connection.SentDirect("cd"u8);
        _connection.Writer.Buffered.ShouldBe(0);
        _connection.Writer.Sending.ShouldBe(SendState.Idle);
        _connection.BeginClose().ShouldBe("abort");
    }

    [Fact]
    public void A_blocked_send_pauses_above_the_high_mark()
    {
        _connection.Write("123456789");
        _connection.Send();
        _connection.Writer.IsPaused.ShouldBeFalse();
        _connection.SendBlocked();
        _connection.Writer.IsPaused.ShouldBeTrue();
    }
}
