using Deterministic.Simulation.Tcp;
using Deterministic.Streams;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

public sealed class StreamIntegrityCheckerTests
{
    [Property]
    public bool However_a_stream_is_cut_it_is_the_same_stream(byte[] bytes, int seed)
    {
        StreamIntegrityChecker checker = new();
        Random random = new(seed);
        foreach (byte[] piece in Cut(bytes, random))
        {
            checker.Written(piece);
        }

        return Cut(bytes, random).All(piece => checker.Read(piece));
    }

    [Theory]
    [InlineData("abcdef", "abXdef")]
    [InlineData("abcdef", "abdef!")]
    [InlineData("abcdef", "abccde")]
    [InlineData("abcdef", "abdcef")]
    [InlineData("abc", "abcd")]
    public void What_is_changed_lost_doubled_swapped_or_added_is_seen(string written, string read)
    {
        StreamIntegrityChecker checker = new();
        checker.Written(Talk.Bytes(written));
        checker.Read(Talk.Bytes(read)).ShouldBeFalse();
    }

    [Fact]
    public void A_world_whose_network_breaks_a_stream_ends_with_that_finding()
    {
        SimulatedWorld world = new(1);
        RunResult result = world.Run(
            async () =>
            {
                await world
                    .Host("server")
                    .StartServerAsync(async connection => await connection.Reader.ReadAsync(3), port: 7);
                Connection client = await world.Host("client").OpenConnectionAsync("server", 7);

                // As if the program had written something else than what is sent.
                world.Host("client").Tcp.Find(2)!.Flow.Witness.Written(byServer: false, "abc"u8);
                client.Writer.Write("abd"u8);
                await client.Reader.ReadToEndAsync();
            },
            World.Limits
        );
        Finding finding = RunVerdict.Of(result, result.Exception).ShouldNotBeNull();
        finding.Property.ShouldBe(BuiltInProperties.StreamIntact);
        finding.Detail.ShouldStartWith("server #1: what was read");
    }

    private static IEnumerable<byte[]> Cut(byte[] bytes, Random random)
    {
        for (int start = 0; start < bytes.Length; )
        {
            int count = random.Next(1, Math.Min(20, bytes.Length - start) + 1);
            yield return bytes[start..(start + count)];
            start += count;
        }
    }
}
