namespace Deterministic.Core.Tests;

public class ConnectionFailureTests
{
    private readonly ConnectionException _error = new(ConnectionErrorKind.Reset, "reset");

    [Theory]
    [InlineData(ConnectionState.Open)]
    [InlineData(ConnectionState.Flushing)]
    public void A_failure_drops_the_output_and_surfaces_when_the_transport_is_gone(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        connection.Failed(_error);
        connection.State.ShouldBe(ConnectionState.Aborting);
        connection.Writer.Buffered.ShouldBe(0);
        connection.Reader.Error.ShouldBeNull("not yet");
        connection.LostError.ShouldBeNull("not yet");
        connection.BeginClose().ShouldBe("abort");
        connection.LostError.ShouldBeNull("not yet");
        connection.Disconnected();
        connection.Reader.Error.ShouldBeSameAs(_error);
        connection.LostError.ShouldBeSameAs(_error);
        connection.DrainError.ShouldBeSameAs(_error);
        connection.Reader.AtEof.ShouldBeFalse("an error is not the end");
    }

    [Theory]
    [InlineData(ConnectionState.Closing)]
    [InlineData(ConnectionState.Disconnecting)]
    [InlineData(ConnectionState.Aborting)]
    [InlineData(ConnectionState.Resetting)]
    [InlineData(ConnectionState.Closed)]
    public void A_failure_that_can_lose_nothing_is_no_error(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        connection.Failed(_error);
        connection.State.ShouldBe(state);
        connection.Disconnected();
        connection.LostError.ShouldBeNull();
        connection.Reader.Error.ShouldBeNull();
        connection.Reader.AtEof.ShouldBeTrue();
    }

    [Fact]
    public void A_close_with_an_error_sends_what_is_queued_and_then_tells_the_error()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Write("ab");
        connection.Close(_error);
        connection.State.ShouldBe(ConnectionState.Flushing);
        connection.Send().ShouldBe("ab");
        connection.Sent(2);
        connection.BeginClose().ShouldBe("close");
        connection.Disconnected();
        connection.LostError.ShouldBeSameAs(_error);
        connection.Reader.Error.ShouldBeSameAs(_error);
    }

    [Fact]
    public void A_failure_while_a_close_with_an_error_flushes_does_not_replace_the_error()
    {
        ConnectionMachine connection = ConnectionTalk.In(ConnectionState.Flushing);
        connection.Close(_error);
        connection.Failed(new ConnectionException("second"));
        connection.State.ShouldBe(ConnectionState.Aborting);
        connection.Disconnected();
        connection.LostError.ShouldBeSameAs(_error);
        connection.Reader.Error.ShouldBeSameAs(_error);
    }

    [Fact]
    public void A_close_for_an_error_without_the_error_is_refused()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        Should.Throw<ArgumentNullException>(() => connection.Close(null!)).ParamName.ShouldBe("error");
        connection.State.ShouldBe(ConnectionState.Open);
    }

    [Fact]
    public void A_close_with_an_error_changes_nothing_once_there_is_another_reason()
    {
        foreach (
            ConnectionState state in Enum.GetValues<ConnectionState>().Where(state => state > ConnectionState.Flushing)
        )
        {
            ConnectionMachine connection = ConnectionTalk.In(state);
            connection.Close(_error);
            connection.State.ShouldBe(state);
            connection.Disconnected();
            connection.LostError.ShouldBeNull();
        }
    }

    [Fact]
    public void The_first_failure_counts()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Failed(_error);
        connection.Failed(new ConnectionException("second"));
        connection.Disconnected();
        connection.LostError.ShouldBeSameAs(_error);
    }

    [Fact]
    public void A_close_that_fails_is_told()
    {
        ConnectionMachine connection = ConnectionTalk.In(ConnectionState.Disconnecting);
        connection.Disconnected(_error);
        connection.LostError.ShouldBeSameAs(_error);
        connection.Reader.Error.ShouldBeSameAs(_error);
        connection.Disconnected(new ConnectionException("again"));
        connection.LostError.ShouldBeSameAs(_error);
    }

    [Fact]
    public void A_failure_before_the_close_counts_more_than_that_of_the_close()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Failed(_error);
        connection.BeginClose();
        connection.Disconnected(new ConnectionException("the close failed too"));
        connection.LostError.ShouldBeSameAs(_error);
    }

    [Fact]
    public void A_failure_without_an_error_is_refused()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        Should.Throw<ArgumentNullException>(() => connection.Failed(null!)).ParamName.ShouldBe("error");
        connection.State.ShouldBe(ConnectionState.Open);
    }

    [Fact]
    public void What_was_received_before_a_failure_stays_reachable()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Receive("ab");
        connection.Failed(_error);
        connection.BeginClose();
        connection.Disconnected();
        connection.Reader.Read(9).ShouldBe(ReaderTalk.Failed("reset"));
        connection.Reader.TakeAll().ShouldBe("ab");
    }

    [Fact]
    public void A_result_that_comes_after_the_failure_is_ignored()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Write("abc");
        connection.Send();
        connection.Failed(_error);
        connection.Sent(3);
        connection.Sent(99);
        connection.BeginClose().ShouldBe("abort");
        connection.ShutdownWriteDone();
        connection.Disconnected();
        connection.LostError.ShouldBeSameAs(_error);
    }
}
