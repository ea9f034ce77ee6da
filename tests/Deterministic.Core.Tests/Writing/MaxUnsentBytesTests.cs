namespace Deterministic.Core.Tests;

/// <summary>A bound on what is written and not yet sent.</summary>
public class MaxUnsentBytesTests
{
    [Clause("W-MAX-01")]
    [Fact]
    public void A_write_that_has_no_room_throws_and_changes_nothing()
    {
        ConnectionMachine connection = New(most: 10);
        Write(connection, 7);
        InvalidOperationException error = Should.Throw<InvalidOperationException>(() => Write(connection, 4));
        error.Message.ShouldContain("4 bytes");
        error.Message.ShouldContain("7 bytes are unsent");
        error.Message.ShouldContain("MaxUnsentBytes is 10");
        connection.State.ShouldBe(ConnectionState.Open);
        connection.Writer.Buffered.ShouldBe(7);
        Write(connection, 3);
        connection.Writer.Buffered.ShouldBe(10, "the bound itself is allowed");
        connection.Send()!.Length.ShouldBe(10);
        connection.Sent(1);
        Write(connection, 1);
        Should.Throw<InvalidOperationException>(() => Write(connection, 1));
    }

    [Clause("W-MAX-01")]
    [Fact]
    public void A_write_longer_than_the_bound_never_has_room()
    {
        ConnectionMachine connection = New(most: 10);
        Should.Throw<InvalidOperationException>(() => connection.Admit(11));
        Should.Throw<InvalidOperationException>(() => connection.Admit(long.MaxValue));
        connection.Admit(10);
        connection.Admit(0);
    }

    [Clause("W-MAX-02")]
    [Fact]
    public void Where_that_was_chosen_a_write_without_room_loses_the_connection()
    {
        ConnectionMachine connection = New(most: 10, UnsentOverflow.AbortConnection);
        Write(connection, 8);
        Write(connection, 3);
        connection.State.ShouldBe(ConnectionState.Aborting);
        connection.ClosedBy.ShouldBe(ClosedBy.Failure);
        connection.Writer.Buffered.ShouldBe(0, "its memory is let go");
        connection.BeginClose().ShouldBe("abort");
        connection.Disconnected();
        ConnectionException error = connection.LostError.ShouldBeOfType<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.Aborted);
        error.Message.ShouldContain("8 bytes were unsent");
        error.Message.ShouldContain("MaxUnsentBytes");
    }

    [Clause("W-LOST-01")]
    [Theory]
    [InlineData(ConnectionState.Flushing)]
    [InlineData(ConnectionState.Disconnecting)]
    [InlineData(ConnectionState.Aborting)]
    [InlineData(ConnectionState.Closed)]
    public void A_connection_that_is_closing_drops_what_is_written_and_needs_no_room_for_it(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        connection.Admit(long.MaxValue);
        connection.State.ShouldBe(state);
    }

    [Fact]
    public void Without_a_bound_there_is_always_room()
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Admit(long.MaxValue);
        connection.Writer.MaxUnsentBytes.ShouldBeNull();
        connection.Writer.RoomAfterDrain.ShouldBe(long.MaxValue);
    }

    [Clause("W-MAX-03")]
    [Theory]
    [InlineData(1, 0, 0, 1)]
    [InlineData(2, 1, 1, 1)]
    [InlineData(3, 1, 1, 2)]
    [InlineData(100, 50, 16, 50)]
    [InlineData(128, 64, 16, 64)]
    [InlineData(129, 64, 16, 65)]
    [InlineData(1000, 64, 16, 936)]
    public void The_high_watermark_is_at_most_half_of_the_bound(long most, int high, int low, long room)
    {
        WriterMachine writer = new(WriteBufferLimits.Create(64, 16), maxUnsentBytes: most);
        writer.Limits.ShouldBe(WriteBufferLimits.Create(high, low));
        writer.RoomAfterDrain.ShouldBe(room);
        writer.SetLimits(WriteBufferLimits.Create(32, 8));
        writer.SetLimits(WriteBufferLimits.Create(64, 16));
        writer.Limits.ShouldBe(WriteBufferLimits.Create(high, low), "whenever they are set");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_bound_that_is_not_positive_is_refused(long most) =>
        Should.Throw<ArgumentOutOfRangeException>(() => New(most)).ParamName.ShouldBe("maxUnsentBytes");

    [Clause("W-MAX-01", "W-MAX-03")]
    [Fact]
    public void Never_is_more_queued_than_the_bound_and_whoever_drains_always_has_room()
    {
        Random random = new(1);
        for (int run = 0; run < 300; run++)
        {
            int most = random.Next(1, 300);
            ConnectionMachine connection = new(8, WriteBufferLimits.Create(random.Next(0, 400)), maxUnsentBytes: most);
            for (int step = 0; step < 200; step++)
            {
                long before = connection.Writer.Buffered;
                int count = random.Next(0, (2 * most) + 2);
                bool fits = before + count <= most;
                bool drained = connection.Drain() == DrainStatus.Completed;
                if (drained && before <= connection.Writer.Limits.High && count <= connection.Writer.RoomAfterDrain)
                {
                    fits.ShouldBeTrue();
                }

                if (fits)
                {
                    Write(connection, count);
                }
                else
                {
                    Should.Throw<InvalidOperationException>(() => Write(connection, count));
                }

                connection.Writer.Buffered.ShouldBe(fits ? before + count : before);
                connection.Writer.Buffered.ShouldBeLessThanOrEqualTo(most);
                if (connection.Send() is { } data)
                {
                    int sent = random.Next(0, data.Length + 1);
                    connection.Sent(sent);
                    connection.SendBlocked();
                }
            }
        }
    }

    private static ConnectionMachine New(long most, UnsentOverflow overflow = UnsentOverflow.FailWrite) =>
        new(8, WriteBufferLimits.Create(8), maxUnsentBytes: most, overflow: overflow);

    private static void Write(ConnectionMachine connection, int count)
    {
        connection.Admit(count);
        connection.Write(new byte[count]);
    }
}
