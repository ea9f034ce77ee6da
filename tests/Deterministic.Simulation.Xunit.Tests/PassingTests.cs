using Deterministic.Streams;
using Xunit.Abstractions;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>Simulation tests as people write them, found and run by xunit itself.</summary>
public sealed class PassingTests(ITestOutputHelper output)
{
    [Simulation(Seeds = 50, Faults = "lossy-wan")]
    public async Task Lines_come_back_whole_and_in_order(SimulatedWorld world)
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(EchoLinesAsync, "server", 7000);
        await using Connection connection = await world.Host("client").OpenConnectionAsync("server", 7000);
        connection.Writer.Write("one\ntwo\n"u8);
        (await connection.Reader.ReadLineAsync()).ShouldBe("one\n"u8.ToArray());
        (await connection.Reader.ReadLineAsync()).ShouldBe("two\n"u8.ToArray());
        output.WriteLine($"done at {world.TimeProvider.GetUtcNow():O}");
    }

    [Simulation(Seeds = 20, Faults = "calm")]
    public async Task Hours_pass_in_no_time(SimulatedWorld world)
    {
        DateTimeOffset start = world.TimeProvider.GetUtcNow();
        await Task.Delay(TimeSpan.FromHours(5), world.TimeProvider);
        (world.TimeProvider.GetUtcNow() - start).ShouldBe(TimeSpan.FromHours(5));
    }

    private static async Task EchoLinesAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        await foreach (byte[] line in reader)
        {
            writer.Write(line);
            await writer.DrainAsync();
        }
    }
}
