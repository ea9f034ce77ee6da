namespace Deterministic.Core.Tests;

public class ConnectionReceiveTests
{
    private readonly CheckedPool _pool = new();
    private readonly ConnectionMachine _connection;

    public ConnectionReceiveTests() => _connection = ConnectionTalk.New(limit: 4, pool: _pool);

    [Fact]
    public void A_new_connection_is_open_and_receives()
    {
        _connection.State.ShouldBe(ConnectionState.Open);
        _connection.IsClosing.ShouldBeFalse();
        _connection.LostError.ShouldBeNull();
        _connection.Receiving.ShouldBe(ReceiveState.Idle);
        _connection.TryBeginReceive(out Memory<byte> lent).ShouldBeTrue();
        lent.IsEmpty.ShouldBeFalse();
        _connection.Receiving.ShouldBe(ReceiveState.Receiving);
    }

    [Fact]
    public void A_limit_and_watermarks_are_passed_on_and_checked()
    {
        ConnectionMachine connection = new(5, WriteBufferLimits.Create(7));
        connection.Reader.Limit.ShouldBe(5);
        connection.Writer.Limits.High.ShouldBe(7);
        Should.Throw<ArgumentOutOfRangeException>(() => new ConnectionMachine(0, WriteBufferLimits.Default));
    }

    [Fact]
    public void Only_one_receive_is_under_way()
    {
        _connection.BeginReceive().ShouldBeTrue();
        _connection.TryBeginReceive(out Memory<byte> second).ShouldBeFalse();
        second.IsEmpty.ShouldBeTrue();
        _connection.Received(1);
        _connection.Receiving.ShouldBe(ReceiveState.Idle);
        _connection.BeginReceive().ShouldBeTrue();
    }

    [Fact]
    public void A_driver_that_needs_more_memory_gets_it()
    {
        _connection.TryBeginReceive(out Memory<byte> lent, atLeast: 20_000).ShouldBeTrue();
        lent.Length.ShouldBe(20_000);
    }

    [Fact]
    public void What_is_received_can_be_read()
    {
        _connection.Receive("abc");
        _connection.Reader.Read(9).ShouldBe(ReaderTalk.Ok("abc"));
    }

    [Fact]
    public void Nothing_is_received_while_reading_is_paused()
    {
        _connection.Receive("123456789");
        _connection.Reader.IsPaused.ShouldBeTrue();
        _connection.BeginReceive().ShouldBeFalse();
        _connection.Reader.Read(5);
        _connection.BeginReceive().ShouldBeTrue();
    }

    [Clause("P-11", "W-HALF-01")]
    [Fact]
    public void The_peers_end_leaves_our_half_open()
    {
        _connection.BeginReceive();
        _connection.ReceivedEof();
        _connection.Receiving.ShouldBe(ReceiveState.Ended);
        _connection.Reader.AtEof.ShouldBeTrue();
        _connection.IsClosing.ShouldBeFalse();
        _connection.BeginReceive().ShouldBeFalse();
        _connection.Write("reply");
        _connection.Send().ShouldBe("reply");
        _pool.VerifyUntouched();
    }

    [Fact]
    public void A_receive_cut_short_gives_its_memory_back_and_another_may_begin()
    {
        _connection.BeginReceive();
        _pool.Rented.ShouldBe(1);
        _connection.ReceiveAborted();
        _pool.Rented.ShouldBe(0);
        _connection.Receiving.ShouldBe(ReceiveState.Idle);
        _connection.Reader.State.ShouldBe(ReaderState.Open);
        _connection.BeginReceive().ShouldBeTrue();
    }

    public static TheoryData<string, ConnectionState> Closes =>
        new()
        {
            { "close", ConnectionState.Closing },
            { "close behind a queue", ConnectionState.Flushing },
            { "abort", ConnectionState.Aborting },
            { "lost", ConnectionState.Aborting },
            { "gone", ConnectionState.Closed },
        };

    [Theory]
    [MemberData(nameof(Closes))]
    public void What_arrives_after_a_close_is_dropped_and_its_memory_kept_until_then(string how, ConnectionState state)
    {
        _connection.Receive("ab");
        _connection.TryBeginReceive(out Memory<byte> lent).ShouldBeTrue();
        Close(how);
        _connection.State.ShouldBe(state);
        int rented = _pool.Rented;
        _connection.Reader.TakeAll().ShouldBe("ab");
        _connection.Reader.Release();
        _pool.Rented.ShouldBe(rented, "the driver still has the memory");
        lent.Span.Fill(1);
        _connection.Received(2);
        _connection.Reader.Buffered.ShouldBe(0);
        _connection.Receiving.ShouldBe(ReceiveState.Idle);
        _connection.BeginReceive().ShouldBeFalse();
        _connection.Reader.Release();
        _pool.Rented.ShouldBe(
            string.Equals(how, "close behind a queue", StringComparison.Ordinal) ? 1 : 0,
            "all but the queue"
        );
        _pool.VerifyUntouched();
    }

    [Fact]
    public void The_peers_end_after_a_close_is_not_told_before_the_transport_is_gone()
    {
        _connection.BeginReceive();
        Close("close behind a queue");
        _connection.ReceivedEof();
        _connection.Reader.AtEof.ShouldBeFalse();
        _connection.Abort();
        _connection.BeginClose().ShouldBe("abort");
        _connection.Disconnected();
        _connection.Reader.AtEof.ShouldBeTrue();
    }

    [Fact]
    public void A_result_without_a_receive_is_refused()
    {
        Action[] results =
        [
            () => _connection.Received(1),
            () => _connection.ReceivedEof(),
            () => _connection.ReceiveAborted(),
        ];
        foreach (Action result in results)
        {
            Should.Throw<InvalidOperationException>(result).Message.ShouldContain("No receive was begun");
            _connection.Receiving.ShouldBe(ReceiveState.Idle);
            _connection.Reader.State.ShouldBe(ReaderState.Open);
        }
    }

    private void Close(string how)
    {
        switch (how)
        {
            case "close":
                _connection.Close();
                break;
            case "close behind a queue":
                _connection.Write("queued");
                _connection.Close();
                break;
            case "abort":
                _connection.Abort();
                break;
            case "lost":
                _connection.Failed(new ConnectionException("reset"));
                break;
            default:
                _connection.Abort();
                _connection.BeginClose();
                _connection.Disconnected();
                break;
        }
    }
}
