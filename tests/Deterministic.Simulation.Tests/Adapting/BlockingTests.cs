using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>What blocks would hang a world of one thread. It is refused.</summary>
public sealed class BlockingTests
{
    public static TheoryData<string, Action<Stream>> Calls =>
        new()
        {
            { "ReadAsync", stream => _ = stream.ReadAtLeast(new byte[1], 1) },
            { "ReadAsync", stream => stream.ReadByte() },
            { "ReadAsync", stream => stream.ReadExactly(new byte[1], 0, 1) },
            { "ReadAsync", stream => stream.CopyTo(Stream.Null) },
            { "WriteAsync", stream => stream.Write(new byte[1], 0, 1) },
            { "WriteAsync", stream => stream.Write(new byte[1].AsSpan()) },
            { "WriteAsync", stream => stream.WriteByte(1) },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_synchronous_read_or_write_in_a_simulation_is_refused_and_says_what_to_call(
        string instead,
        Action<Stream> call
    )
    {
        Talk.Between(
            async (world, client, server) =>
            {
                // Even with data at hand: what works or not by chance is no help.
                server.Writer.Write("x"u8);
                await Task.Delay(TimeSpan.FromMinutes(1), world.TimeProvider);
                Connection adapted = server.Under("s");
                foreach (Stream stream in new[] { client.AsStream(), adapted.AsStream() })
                {
                    Should.Throw<NotSupportedException>(() => call(stream)).Message.ShouldContain(instead);
                    stream.CanTimeout.ShouldBeFalse();
                    Should.Throw<InvalidOperationException>(() => stream.ReadTimeout = 1);
                    stream.Flush();
                }

                (await client.AsStream().ReadAsync(new byte[1])).ShouldBe(1);
                await adapted.DisposeAsync();
            }
        );
    }
}
