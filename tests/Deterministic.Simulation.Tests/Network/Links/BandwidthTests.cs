using Shouldly;

namespace Deterministic.Simulation.Tests;

public sealed class BandwidthTests
{
    [Fact]
    public void A_slow_line_takes_the_time_that_its_bits_take()
    {
        TimeSpan fast = TimeFor(bits: null, queue: 1);
        TimeSpan slow = TimeFor(bits: 1_000_000, queue: 1_000_000);

        // 100,000 bytes in segments of 1460, each with 40 of headers, at a million bits a second: 0.82 s.
        (slow - fast).TotalSeconds.ShouldBeInRange(0.75, 0.95);
    }

    [Fact]
    public void A_queue_that_is_too_short_loses_segments_and_TCP_sends_them_again()
    {
        TimeSpan roomy = TimeFor(bits: 1_000_000, queue: 1_000_000);
        TimeSpan tight = TimeFor(bits: 1_000_000, queue: 6_000);
        tight.ShouldBeGreaterThan(roomy);
    }

    [Fact]
    public void Bufferbloat_delays_what_comes_behind_a_bulk_transfer()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                world.Link(world.Host("client"), world.Host("server")).SetBandwidth(1_000_000, queueBytes: 10_000_000);
                client.Writer.Write(new byte[60_000]);
                client.Writer.Write("!"u8);
                TimeSpan before = world.Scheduler.Now;
                await server.Reader.ReadUntilAsync("!"u8);
                (world.Scheduler.Now - before).TotalSeconds.ShouldBeGreaterThan(0.4);
            }
        );
    }

    private static TimeSpan TimeFor(long? bits, int queue)
    {
        TimeSpan took = default;
        Talk.Between(
            async (world, client, server) =>
            {
                world.Link(world.Host("client"), world.Host("server")).SetBandwidth(bits, queue);
                TimeSpan before = world.Scheduler.Now;
                client.Writer.Write(new byte[100_000]);
                await server.Reader.ReadExactlyAsync(100_000);
                took = world.Scheduler.Now - before;
            }
        );
        return took;
    }
}
