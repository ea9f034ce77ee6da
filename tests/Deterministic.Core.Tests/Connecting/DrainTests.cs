namespace Deterministic.Core.Tests;

public class DrainTests
{
    public static TheoryData<ConnectionState, bool, DrainStatus> Outcomes =>
        new()
        {
            { ConnectionState.Open, false, DrainStatus.Completed },
            { ConnectionState.Open, true, DrainStatus.Pending },
            { ConnectionState.Flushing, false, DrainStatus.Completed },
            { ConnectionState.Flushing, true, DrainStatus.Pending },
            { ConnectionState.Closing, false, DrainStatus.Completed },
            { ConnectionState.Disconnecting, false, DrainStatus.Completed },
            { ConnectionState.Aborting, false, DrainStatus.Completed },
            { ConnectionState.Aborting, true, DrainStatus.Pending },
            { ConnectionState.Resetting, false, DrainStatus.Completed },
            { ConnectionState.Resetting, true, DrainStatus.Pending },
            { ConnectionState.Closed, false, DrainStatus.Failed },
            { ConnectionState.Closed, true, DrainStatus.Failed },
        };

    [Clause("W-DRAIN-04")]
    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Drain_waits_while_writing_is_paused_and_fails_once_the_connection_is_gone(
        ConnectionState state,
        bool paused,
        DrainStatus outcome
    )
    {
        ConnectionMachine connection = paused ? PausedIn(state) : ConnectionTalk.In(state);
        connection.Writer.IsPaused.ShouldBe(paused);
        connection.Drain().ShouldBe(outcome);
    }

    [Clause("W-DRAIN-01")]
    [Fact]
    public void A_stored_error_fails_it_at_once_and_is_what_it_raises()
    {
        ConnectionException error = new("reset");
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Reader.Failed(error);
        connection.Drain().ShouldBe(DrainStatus.Failed);
        connection.DrainError.ShouldBeSameAs(error);
    }

    [Clause("W-DRAIN-03", "E-CONN-01")]
    [Fact]
    public void After_a_clean_close_it_raises_that_the_connection_is_lost()
    {
        ConnectionException error = ConnectionTalk
            .In(ConnectionState.Closed)
            .DrainError.ShouldBeOfType<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.Reset);
        error.Message.ShouldBe("Connection lost");
    }

    [Clause("W-DRAIN-10")]
    [Fact]
    public void It_is_not_a_flush()
    {
        ConnectionMachine connection = ConnectionTalk.New(high: 8);
        connection.Write("12345678");
        connection.Send();
        connection.SendBlocked();
        connection.Drain().ShouldBe(DrainStatus.Completed);
        connection.Writer.Buffered.ShouldBe(8);
    }

    [Fact]
    public void It_goes_on_at_the_low_mark()
    {
        ConnectionMachine connection = PausedIn(ConnectionState.Open);
        connection.Sent(6);
        connection.Drain().ShouldBe(DrainStatus.Pending);
        connection.Send();
        connection.Sent(1);
        connection.Drain().ShouldBe(DrainStatus.Completed);
    }

    /// <summary>Nine bytes queued above a high mark of eight; the low mark is two.</summary>
    private static ConnectionMachine PausedIn(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.New(high: 8);
        connection.Write("123456789");
        connection.Send();
        connection.SendBlocked();
        if (state == ConnectionState.Flushing)
        {
            connection.Close();
        }

        if (state >= ConnectionState.Aborting)
        {
            connection.Abort();
        }

        if (state >= ConnectionState.Resetting)
        {
            connection.BeginClose();
        }

        if (state == ConnectionState.Closed)
        {
            connection.Disconnected();
        }

        connection.State.ShouldBe(state);
        return connection;
    }
}
