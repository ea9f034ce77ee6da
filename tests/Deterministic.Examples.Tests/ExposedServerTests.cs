using System.Net;
using System.Text;
using Deterministic.Core;
using Deterministic.Simulation;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Xunit;
using Deterministic.Streams;

namespace Deterministic.Examples.Tests;

public sealed class ExposedServerTests
{
    private const string Fence = "```";

    [Fact]
    public void Every_block_of_code_on_the_page_compiles_here()
    {
        string[] page = LinesOf("exposed-server.md");
        string code = string.Join('\n', LinesOf("ExposedServer.cs").Select(line => line.Trim()));
        List<string> blocks = [];
        for (int line = 0; line < page.Length; line++)
        {
            if (!page[line].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            page[line].ShouldBe(Fence + "csharp", "every block is code of this language");
            string[] block = [.. page.Skip(line + 1).TakeWhile(each => each != Fence)];
            blocks.Add(string.Join('\n', block.Select(each => each.Trim())));
            line += block.Length + 1;
        }

        blocks.Count.ShouldBe(5);
        blocks.ShouldAllBe(block => code.Contains(block, StringComparison.Ordinal));
    }

    [Simulation(Seeds = 20, Faults = "lossy-wan")]
    public async Task A_server_with_these_options_serves_and_ends_those_that_say_nothing(SimulatedWorld world)
    {
        List<Exception> errors = [];
        using CancellationTokenSource stop = new();
        Task running = ExposedServer.RunAsync(
            world.Host("server"),
            ExposedServer.OptionsFor(certificate: null, errors.Add),
            port: 80,
            stop.Token
        );
        Connection silent = await world.Host("client").OpenConnectionAsync("server", 80);
        await using Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
        client.Writer.Write("a long enough line\n"u8);
        Assert.Equal("a long enough line\n", Encoding.ASCII.GetString(await client.Reader.ReadLineAsync()));
        client.Writer.WriteEof();
        Assert.Empty(await client.Reader.ReadLineAsync());
        // Its handler waits for no longer than 30 s.
        Assert.Empty(await silent.Reader.ReadToEndAsync());
        Assert.InRange(
            world.TimeProvider.GetUtcNow() - VirtualTimeProvider.Epoch,
            TimeSpan.FromSeconds(29),
            TimeSpan.FromSeconds(60)
        );
        stop.Cancel();
        await running;
        Assert.Empty(errors);
    }

    [Simulation(Seeds = 5, Faults = "calm")]
    public async Task A_member_that_does_not_read_is_left_behind_and_the_others_are_not(SimulatedWorld world)
    {
        List<Connection> members = [];
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(
                connection =>
                {
                    members.Add(connection);
                    return new TaskCompletionSource().Task;
                },
                port: 80,
                options: new ServerOptions { MaxUnsentBytes = 100_000 }
            );
        Connection slow = await world
            .Host("slow")
            .OpenConnectionAsync("server", 80, new ClientOptions { Limit = 1000 });
        Connection quick = await world.Host("quick").OpenConnectionAsync("server", 80);
        while (members.Count < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), world.TimeProvider);
        }

        Task<byte[]> read = quick.Reader.ReadExactlyAsync(1_000_000).AsTask();
        byte[] message = new byte[10_000];
        for (int number = 0; number < 100; number++)
        {
            ExposedServer.Publish(members, message);
            await Task.Delay(TimeSpan.FromMilliseconds(100), world.TimeProvider);
        }

        Assert.Equal(1_000_000, (await read).Length);
        Assert.Contains(members, member => member.Writer.IsClosing);
        slow.Abort();
        quick.Abort();
    }

    private static string[] LinesOf(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shown", file))
            .Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .ToArray();
}
