namespace Deterministic.Streams.Tests;

/// <summary>Whose stack an awaiter continues on: the driver's for what the driver brings, never a user's.</summary>
public class StackTests
{
    private readonly List<string> _order = [];

    [Fact]
    public void What_the_driver_brings_continues_within_the_drivers_call()
    {
        Wire wire = new();
        _ = NoteAsync(wire.Reader.ReadAsync(3), "read");
        wire.Transport.Arrive("abc");
        _order.ShouldBe(["read"]);
        wire.Transport.ScheduledCount.ShouldBe(0);
    }

    [Fact]
    public void Whoever_waited_asks_for_more_before_the_next_receive_is_begun()
    {
        Wire wire = new(limit: 1);
        wire.Transport.ForgetCalls();
        Task both = ReadTwiceAsync();
        wire.Transport.Arrive("abcd");
        wire.Transport.Arrive("ef");
        both.Now();
        wire.Transport.Calls.ShouldBe("receive receive", "no pause in between, for the reader kept up");

        async Task ReadTwiceAsync()
        {
            await wire.Reader.ReadExactlyAsync(4).ConfigureAwait(false);
            await wire.Reader.ReadExactlyAsync(2).ConfigureAwait(false);
        }
    }

    [Fact]
    public void A_continuation_that_reads_again_has_a_receive_under_way_before_it_returns()
    {
        // It may block its thread, which is the driver's, until the next bytes come.
        Wire wire = new();
        string callsOfTheContinuation = "";
        Task<byte[]> second = ReadTwiceAsync();
        wire.Transport.ForgetCalls();
        wire.Transport.Arrive("a");
        callsOfTheContinuation.ShouldBe("receive");
        wire.Transport.Arrive("b");
        second.Now().ShouldBe("b"u8.ToArray());

        async Task<byte[]> ReadTwiceAsync()
        {
            await wire.Reader.ReadAsync(1).ConfigureAwait(false);
            ValueTask<byte[]> next = wire.Reader.ReadAsync(1);
            callsOfTheContinuation = wire.Transport.Calls;
            return await next.ConfigureAwait(false);
        }
    }

    [Fact]
    public void What_a_close_completes_continues_later()
    {
        Wire wire = Wire.Blocked(queued: 20);
        _ = NoteAsync(wire.Reader.ReadAsync(3), "read");
        _ = NoteAsync(wire.Writer.DrainAsync(), "drain");
        _ = NoteAsync(wire.Writer.WaitClosedAsync(), "closed");
        wire.Writer.Abort();
        _order.ShouldBeEmpty();
        wire.Transport.RunScheduled();
        _order.ShouldBe(["read", "drain", "closed"], ignoreOrder: true);
    }

    [Fact]
    public void What_a_write_completes_continues_later()
    {
        Wire wire = Wire.Blocked(queued: 20);
        _ = NoteAsync(wire.Writer.WaitClosedAsync(), "closed");
        wire.Transport.Accept(20);
        wire.Transport.FailSend(Wire.Reset);
        wire.Write("lost");
        _order.ShouldBeEmpty();
        wire.Transport.RunScheduled();
        _order.ShouldBe(["closed failed"]);
    }

    [Fact]
    public void A_continuation_may_read_write_and_close_from_the_drivers_stack()
    {
        Wire wire = new();
        Task session = SessionAsync();
        wire.Transport.Arrive("hello\n");
        wire.Transport.Arrive("bye\n");
        wire.Transport.RunScheduled();
        session.Now();
        wire.Transport.Sent.ShouldBe("hello\nbye\n");
        wire.Transport.Calls.ShouldEndWith("close");

        async Task SessionAsync()
        {
            for (int i = 0; i < 2; i++)
            {
                byte[] line = await wire.Reader.ReadLineAsync().ConfigureAwait(false);
                wire.Writer.Write(line);
                await wire.Writer.DrainAsync().ConfigureAwait(false);
            }

            wire.Writer.Close();
            await wire.Writer.WaitClosedAsync().ConfigureAwait(false);
        }
    }

    private async Task NoteAsync(ValueTask<byte[]> read, string name)
    {
        await read.ConfigureAwait(false);
        _order.Add(name);
    }

    private async Task NoteAsync(ValueTask wait, string name)
    {
        try
        {
            await wait.ConfigureAwait(false);
            _order.Add(name);
        }
        catch (IOException)
        {
            _order.Add($"{name} failed");
        }
    }
}
