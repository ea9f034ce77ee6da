namespace Deterministic.Streams.Tests;

public class StreamDisposeTests
{
    [Fact]
    public void Disposing_closes_in_order_and_does_not_wait()
    {
        Wire wire = Wire.Blocked(queued: 3);
        wire.Connection.AsStream().Dispose();
        wire.Writer.IsClosing.ShouldBeTrue();
        wire.Transport.Calls.ShouldNotContain("close");
        wire.Transport.Accept(3);
        wire.Transport.Calls.ShouldEndWith("close");
        wire.Transport.Sent.ShouldBe("xxx");
    }

    [Fact]
    public void Disposing_asynchronously_waits_until_the_connection_is_gone()
    {
        Wire wire = Wire.Blocked(queued: 3);
        Stream stream = wire.Connection.AsStream();
        Task disposing = stream.DisposeAsync().AsTask();
        disposing.ShouldWait();
        wire.Transport.Accept(3);
        wire.Transport.RunScheduled();
        disposing.Now();
        stream.DisposeAsync().AsTask().Now();
        stream.Dispose();
    }

    [Fact]
    public void A_loss_while_it_closes_is_not_thrown_by_disposing()
    {
        Wire wire = Wire.Blocked(queued: 3);
        Task disposing = wire.Connection.AsStream().DisposeAsync().AsTask();
        wire.Transport.FailSend(Wire.Reset);
        wire.Transport.RunScheduled();
        disposing.Now();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_that_leaves_the_connection_open_does(bool asynchronously)
    {
        Wire wire = new();
        Stream stream = wire.Connection.AsStream(leaveOpen: true);
        if (asynchronously)
        {
            stream.DisposeAsync().AsTask().Now();
        }
        else
        {
            stream.Dispose();
        }

        wire.Writer.IsClosing.ShouldBeFalse();
        ShouldBeOver(stream);
        wire.Write("abc");
        wire.Transport.Sent.ShouldBe("abc");
    }

    [Fact]
    public void After_disposing_everything_throws()
    {
        Stream stream = new Wire().Connection.AsStream();
        stream.Dispose();
        ShouldBeOver(stream);
    }

    [Fact]
    public void A_read_that_waits_when_the_stream_is_disposed_of_gives_0()
    {
        Wire wire = new();
        Stream stream = wire.Connection.AsStream();
        Task<int> read = stream.ReadAsync(new byte[1]).AsTask();
        stream.Dispose();
        wire.Transport.RunScheduled();
        read.Now().ShouldBe(0);
    }

    [Fact]
    public void There_is_no_stream_over_nothing() =>
        Should.Throw<ArgumentNullException>(() => ((Connection)null!).AsStream());

    private static void ShouldBeOver(Stream stream)
    {
        stream.CanRead.ShouldBeFalse();
        stream.CanWrite.ShouldBeFalse();
        Action[] calls =
        [
            () => _ = stream.ReadAsync(new byte[1]),
            () => _ = stream.WriteAsync(new byte[1]),
            () => _ = stream.ReadAsync(new byte[1], 0, 1),
            () => _ = stream.WriteAsync(new byte[1], 0, 1),
            () => _ = stream.FlushAsync(),
            () => stream.CopyToAsync(Stream.Null).Now(),
            stream.Flush,
            () => stream.ReadByte(),
            () => stream.WriteByte(1),
        ];
        foreach (Action call in calls)
        {
            Should.Throw<ObjectDisposedException>(call);
        }
    }
}
