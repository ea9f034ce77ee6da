using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A peer that does not read makes the writer wait, through whatever adapters, with no more held in between than the connections may hold.</summary>
public sealed class BackPressureTests
{
    private const int Piece = 16 * 1024;
    private const int Window = 1000;
    private const int Limit = ReaderMachine.DefaultLimit;

    private static readonly FaultProfile Narrow = FaultProfiles.Calm with { Name = "narrow", WindowBytes = Window };

    public static TheoryData<char, string, string> Ends
    {
        get
        {
            TheoryData<char, string, string> ends = [];
            foreach (char kind in "csp")
            {
                ends.Add(kind, "", "");
                ends.Add(kind, "s", "");
                ends.Add(kind, "p", "");
                ends.Add(kind, "", "s");
                ends.Add(kind, "", "p");
                ends.Add(kind, "sp", "ps");
            }

            return ends;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_peer_that_does_not_read_makes_the_writer_wait_and_memory_stays_bounded(
        char kind,
        string near,
        string far
    )
    {
        Talk.Between(
            async (world, client, server) =>
            {
                Connection reader = server.Under(far);
                TalkingEnd writer = TalkingEnd.Of(kind, client.Under(near), world.TimeProvider);
                int written = 0;
                Task writing = Task.CompletedTask;
                while (writing.IsCompletedSuccessfully)
                {
                    written += Piece;
                    writing = writer.WriteAsync(new byte[Piece]);
                    await Task.Delay(TimeSpan.FromMinutes(5), world.TimeProvider);
                }

                // Each connection on the way holds its queue up to the high watermark and one write, or its reader up to twice its limit and one receive.
                int queues = (near.Length + 1) * (WriteBufferLimits.DefaultHigh + Piece);
                int readers = (far.Length + 1) * ((2 * Limit) + (64 * 1024));
                written.ShouldBeLessThanOrEqualTo(queues + readers + Window + Piece);
                written.ShouldBeGreaterThan(2 * Limit);

                await reader.Reader.ReadExactlyAsync(written);
                await writing;
                await writer.CloseAsync();
                (await reader.Reader.ReadToEndAsync()).ShouldBeEmpty();
                await reader.DisposeAsync();
            },
            Narrow
        );
    }

    [Theory]
    [InlineData("s")]
    [InlineData("p")]
    public void A_program_that_does_not_read_an_adapter_stops_the_peer(string layer)
    {
        Talk.Between(
            async (world, client, server) =>
            {
                Connection reader = server.Under(layer, new ConnectionOptions { Limit = 1000 });
                client.Writer.Write(new byte[1_000_000]);
                await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);
                reader.Reader.Buffered.ShouldBeInRange(2000, 2000 + (64 * 1024));
                server.Reader.Buffered.ShouldBeInRange(2 * Limit, (2 * Limit) + (64 * 1024));
                client.Writer.Buffered.ShouldBeGreaterThan(500_000);
                (await reader.Reader.ReadExactlyAsync(1_000_000)).Length.ShouldBe(1_000_000);
                await reader.DisposeAsync();
            },
            Narrow with
            {
                WindowBytes = 30_000,
            }
        );
    }

    [Fact]
    public void A_large_write_to_a_stream_does_not_make_the_connection_hold_it()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                Task writing = client.AsStream().WriteAsync(new byte[1_000_000]).AsTask();
                await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);
                writing.IsCompleted.ShouldBeFalse();
                client.Writer.Buffered.ShouldBeInRange(16 * 1024, 128 * 1024);
                (await server.Reader.ReadExactlyAsync(1_000_000)).Length.ShouldBe(1_000_000);
                await writing;
            },
            Narrow with
            {
                WindowBytes = 30_000,
            }
        );
    }
}
