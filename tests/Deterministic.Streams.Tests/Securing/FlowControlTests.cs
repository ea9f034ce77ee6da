using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public sealed class FlowControlTests
{
    [Clause("W-WM-08")]
    [Fact]
    public void What_the_network_has_not_taken_counts_as_queued()
    {
        TlsPair pair = TlsPair.Secured();
        pair.ServerWire.Window = 0;
        byte[] data = new byte[1_000_000];
        pair.Client.Writer.Write(data);
        pair.Client.Writer.Buffered.ShouldBe(data.Length);
        pair.Client.Writer.IsPaused.ShouldBeTrue();
        Task draining = pair.Client.Writer.DrainAsync().AsTask();
        pair.Queue.Run();
        draining.ShouldWait();
        pair.ServerWire.Window = 65536;
        pair.Queue.Add(pair.ClientWire.Advance);
        pair.Queue.Run();
        draining.ShouldWait();
        long queued = pair.Client.Writer.Buffered;
        queued.ShouldBeInRange(data.Length - (8 * 65536), data.Length - 65536, "the peer's buffers hold some");
        pair.Now(pair.Server.Reader.ReadExactlyAsync(data.Length)).ShouldBe(data);
        pair.Now(draining);
        pair.Client.Writer.Buffered.ShouldBe(0);
    }

    [Clause("W-WM-08", "W-WM-04", "W-WM-01")]
    [Fact]
    public void The_watermarks_are_those_of_tcp()
    {
        TlsPair pair = TlsPair.Secured();
        pair.Client.Writer.WriteBufferLimits.ShouldBe(WriteBufferLimits.Default);
        pair.ServerWire.Window = 0;
        pair.Client.Writer.Write(new byte[65536]);
        pair.Client.Writer.IsPaused.ShouldBeFalse("exactly high does not pause");
        pair.Client.Writer.Write(new byte[1]);
        pair.Client.Writer.IsPaused.ShouldBeTrue();
    }

    [Clause("W-STLS-11")]
    [Fact]
    public void A_reader_that_nobody_reads_from_pauses_tls_and_with_it_the_peer()
    {
        TlsPair pair = new(server: new ConnectionOptions { Limit = 1000 });
        (Task client, Task server) = pair.StartTls();
        pair.Now(client);
        pair.Now(server);
        byte[] data = new byte[500_000];
        new Random(1).NextBytes(data);
        pair.Client.Writer.Write(data);
        pair.Queue.Run();
        // Twice the limit, and what one receive brings.
        pair.Server.Reader.Buffered.ShouldBeInRange(2001, 2000 + 65536);
        pair.ServerWire.Unread.ShouldBeGreaterThan(0, "the network's buffer is not emptied either");
        pair.Client.Writer.IsPaused.ShouldBeTrue();
        pair.Now(pair.Server.Reader.ReadExactlyAsync(data.Length)).ShouldBe(data);
        pair.Client.Writer.IsPaused.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40_000)]
    [InlineData(700, 300)]
    [InlineData(16 * 1024, 20)]
    [InlineData((32 * 1024) + 1, 20)]
    public void Bytes_arrive_whole_and_in_order_whatever_their_pieces(int size, int count)
    {
        TlsPair pair = TlsPair.Secured();
        pair.ServerWire.Window = 3000;
        byte[] data = new byte[size * count];
        new Random(size).NextBytes(data);
        Task<byte[]> reading = pair.Server.Reader.ReadToEndAsync().AsTask();
        for (int i = 0; i < count; i++)
        {
            pair.Client.Writer.Write(data.AsSpan(i * size, size));
        }

        pair.Client.Writer.Close();
        pair.Now(reading).ShouldBe(data);
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.ShouldBeGone();
    }
}
