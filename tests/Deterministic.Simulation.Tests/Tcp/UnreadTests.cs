using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Bytes that have arrived are the program's, whatever becomes of the connection.</summary>
public sealed class UnreadTests
{
    private const int Most = 10_000;

    /// <summary>So little that most bytes stay in the network until they are read.</summary>
    private static readonly ClientOptions Hesitant = new() { Limit = 100 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3600)]
    public void They_can_be_read_long_after_both_halves_have_ended(int seconds)
    {
        Talk.Alone(async world =>
        {
            await world
                .Host("server")
                .StartServerAsync(
                    async (reader, writer) =>
                    {
                        await reader.ReadToEndAsync();
                        writer.Write(new byte[Most]);
                    },
                    port: 7
                );
            await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7, Hesitant);
            client.Writer.WriteEof();
            await Task.Delay(TimeSpan.FromSeconds(seconds), world.TimeProvider);
            (await client.Reader.ReadToEndAsync()).Length.ShouldBe(Most);
        });
    }

    [Fact]
    public void They_can_be_read_after_the_peer_has_heard_of_both_ends()
    {
        Talk.Alone(async world =>
        {
            await world
                .Host("server")
                .StartServerAsync(
                    async (reader, writer) =>
                    {
                        writer.Write(new byte[Most]);
                        writer.WriteEof();
                        await reader.ReadToEndAsync();
                    },
                    port: 7
                );
            await using Connection client = await world.Host("client").OpenConnectionAsync("server", 7, Hesitant);
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            client.Writer.WriteEof();
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            world.Host("client").Tcp.Count.ShouldBe(0);
            (await client.Reader.ReadToEndAsync()).Length.ShouldBe(Most);
        });
    }
}
