namespace Deterministic.Core.Tests;

public class ConnectionCloseTests
{
    [Clause("W-CLOSE-01")]
    [Fact]
    public void With_nothing_queued_a_close_closes_at_once()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Close();
        connection.IsClosing.ShouldBeTrue();
        connection.State.ShouldBe(ConnectionState.Closing);
        connection.BeginClose().ShouldBe("close");
        connection.State.ShouldBe(ConnectionState.Disconnecting);
        connection.Reader.AtEof.ShouldBeFalse("not before the transport is gone");
        connection.Disconnected();
        connection.State.ShouldBe(ConnectionState.Closed);
        connection.Reader.AtEof.ShouldBeTrue();
        connection.LostError.ShouldBeNull();
    }

    [Fact]
    public void What_is_queued_is_flushed_first()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Write("abcd");
        connection.Close();
        connection.State.ShouldBe(ConnectionState.Flushing);
        connection.BeginClose().ShouldBeNull();
        connection.Send().ShouldBe("abcd");
        connection.Close();
        connection.BeginClose().ShouldBeNull("a send is under way");
        connection.Sent(3);
        connection.BeginClose().ShouldBeNull();
        connection.Send().ShouldBe("d");
        connection.Sent(1);
        connection.BeginClose().ShouldBe("close");
    }

    [Fact]
    public void A_send_under_way_is_waited_for_even_if_it_was_all()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Write("ab");
        connection.Send();
        connection.Close();
        connection.State.ShouldBe(ConnectionState.Flushing);
        connection.Sent(2);
        connection.State.ShouldBe(ConnectionState.Closing);
    }

    [Fact]
    public void Closing_again_changes_nothing_in_any_state()
    {
        foreach (
            ConnectionState state in Enum.GetValues<ConnectionState>().Where(state => state != ConnectionState.Open)
        )
        {
            ConnectionMachine connection = ConnectionTalk.In(state);
            connection.Close();
            connection.State.ShouldBe(state);
        }
    }

    [Clause("W-CLOSE-02")]
    [Fact]
    public void Bytes_already_received_stay_readable_then_comes_the_end()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Receive("ab");
        connection.Close();
        connection.BeginClose();
        connection.Disconnected();
        connection.Reader.Read(9).ShouldBe(ReaderTalk.Ok("ab"));
        connection.Reader.Read(9).ShouldBe(ReaderTalk.Ok(""));
    }

    [Clause("W-ABORT-01")]
    [Fact]
    public void An_abort_drops_what_is_queued_and_is_no_error()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Write("abc");
        connection.Send();
        connection.Abort();
        connection.IsClosing.ShouldBeTrue();
        connection.Writer.Buffered.ShouldBe(0);
        connection.Send().ShouldBeNull();
        connection.BeginClose().ShouldBe("abort");
        connection.Sent(3);
        connection.Disconnected();
        connection.LostError.ShouldBeNull();
        connection.Reader.AtEof.ShouldBeTrue();
        connection.Reader.Error.ShouldBeNull();
    }

    [Fact]
    public void An_abort_overtakes_a_flush()
    {
        ConnectionMachine connection = ConnectionTalk.In(ConnectionState.Flushing);
        connection.Abort();
        connection.Writer.Buffered.ShouldBe(0);
        connection.BeginClose().ShouldBe("abort");
    }

    [Clause("W-ABORT-01")]
    [Theory]
    [InlineData(ConnectionState.Closing)]
    [InlineData(ConnectionState.Disconnecting)]
    public void An_abort_overtakes_a_close_that_takes_its_time(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        connection.Abort();
        connection.State.ShouldBe(ConnectionState.Aborting);
        connection.BeginClose().ShouldBe("abort");
        connection.Disconnected();
        connection.State.ShouldBe(ConnectionState.Closed);
        connection.LostError.ShouldBeNull();
    }

    [Theory]
    [InlineData(ConnectionState.Resetting)]
    [InlineData(ConnectionState.Closed)]
    public void An_abort_changes_nothing_once_the_transport_is_being_reset_or_gone(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        connection.Abort();
        connection.State.ShouldBe(state);
    }

    [Fact]
    public void A_transport_may_go_without_being_asked()
    {
        foreach (ConnectionState state in Enum.GetValues<ConnectionState>())
        {
            ConnectionMachine connection = ConnectionTalk.In(state);
            connection.Disconnected();
            connection.State.ShouldBe(ConnectionState.Closed);
            connection.Writer.Buffered.ShouldBe(0);
            connection.Reader.AtEof.ShouldBeTrue();
            connection.LostError.ShouldBeNull();
        }
    }

    [Fact]
    public void It_goes_only_once()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Disconnected();
        connection.Reader.Failed(new ConnectionException("told by nobody else"));
        connection.Disconnected();
        connection.Reader.State.ShouldBe(ReaderState.EndedAndFailed);
        connection.State.ShouldBe(ConnectionState.Closed);
        connection.Disconnected(new ConnectionException("too late"));
        connection.LostError.ShouldBeNull();
    }
}
