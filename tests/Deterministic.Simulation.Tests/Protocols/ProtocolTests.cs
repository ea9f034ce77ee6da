using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Simulation.Scheduling;
using Deterministic.Streams;
using Deterministic.Streams.Protocols;
using Deterministic.Streams.Tests;

namespace Deterministic.Simulation.Tests;

/// <summary>Callbacks in the simulated world, on many networks.</summary>
public sealed class ProtocolTests
{
    private const int Clients = 4;

    [Clause("P-17", "P-18", "P-20", "P-21")]
    [Theory]
    [InlineData("lossy-wan", 40)]
    [InlineData("hostile", 80)]
    public void Every_byte_is_echoed_or_the_connection_is_lost_and_callbacks_keep_their_order(string faults, int seeds)
    {
        int lost = 0;
        int paused = 0;
        for (ulong seed = 1; seed <= (ulong)seeds; seed++)
        {
            List<OrderedProtocol> protocols = [];
            SimulatedWorld world = new(
                seed,
                FaultProfiles.Find(faults)! with
                {
                    // So narrow that writers have to wait.
                    WindowBytes = 1000,
                }
            );
            world
                .Run(
                    async () =>
                    {
                        await using StreamServer server = await world
                            .Host("server")
                            .StartProtocolServerAsync(
                                () =>
                                {
                                    EchoProtocol echo = new();
                                    protocols.Add(echo);
                                    return echo;
                                },
                                port: 80,
                                options: new ServerOptions { WriteBufferLimits = WriteBufferLimits.Create(1000) }
                            );
                        bool[] answers = await Task.WhenAll(
                            Enumerable.Range(0, Clients).Select(_ => AskAsync(world, protocols))
                        );
                        lost += answers.Count(answered => !answered);
                        (await server.CloseAsync(TimeSpan.FromHours(1))).ShouldBe(0);
                        // Gone, but the news is an item of its own.
                        await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                        server.LastFailure.ShouldBeNull();
                    },
                    World.Limits
                )
                .ThrowIfNotCompleted();
            protocols.SelectMany(protocol => protocol.Violations).ShouldBeEmpty($"seed {seed}");
            protocols.ShouldAllBe(protocol => protocol.IsMade && protocol.IsLost);
            paused += protocols.Sum(protocol => protocol.Pauses);
        }

        paused.ShouldBeGreaterThan(0, "or the watermarks were not tried");
        (lost > 0).ShouldBe(faults == "hostile", "or losses were not tried");
    }

    [Clause("P-17")]
    [Fact]
    public void Callbacks_run_in_their_hosts_context()
    {
        Talk.Alone(async world =>
        {
            List<SynchronizationContext?> contexts = [];
            StreamServer server = await world
                .Host("server")
                .StartProtocolServerAsync(() => new ContextProtocol(contexts), port: 80);
            await using Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
            client.Writer.Write(Talk.Bytes("data"));
            client.Writer.WriteEof();
            await client.Reader.ReadToEndAsync();
            await server.CloseAsync(TimeSpan.FromMinutes(1));
            contexts.Count.ShouldBe(4);
            contexts
                .Select(context => context.ShouldBeOfType<SimulationSynchronizationContext>().Owner)
                .ShouldAllBe(owner => owner == "server");
        });
    }

    [Clause("P-01", "P-02", "P-10", "P-12")]
    [Fact]
    public void Readers_that_callbacks_feed_speak_with_readers_of_the_network()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            SimulatedWorld world = new(seed, FaultProfiles.LossyWan);
            world
                .Run(
                    async () =>
                    {
                        await using StreamServer server = await world
                            .Host("server")
                            .StartProtocolServerAsync(
                                () =>
                                    new StreamReaderProtocol(
                                        async (reader, writer) =>
                                        {
                                            await foreach (byte[] line in reader)
                                            {
                                                writer.Write(line);
                                                await writer.DrainAsync();
                                            }
                                        },
                                        new ConnectionOptions { Limit = 4000 }
                                    ),
                                port: 80
                            );
                        await using Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
                        byte[] line = new byte[world.Random.Next(1, 4000)];
                        world.Random.NextBytes(line);
                        line.AsSpan().Replace((byte)'\n', (byte)' ');
                        line[^1] = (byte)'\n';
                        for (int round = 0; round < 5; round++)
                        {
                            client.Writer.Write(line);
                            (await client.Reader.ReadLineAsync()).ShouldBe(line);
                        }

                        client.Writer.WriteEof();
                        (await client.Reader.ReadToEndAsync()).ShouldBeEmpty();
                        server.FailureCount.ShouldBe(0);
                    },
                    World.Limits
                )
                .ThrowIfNotCompleted();
        }
    }

    /// <returns>Whether there was an answer.</returns>
    private static async Task<bool> AskAsync(SimulatedWorld world, List<OrderedProtocol> protocols)
    {
        byte[] payload = new byte[world.Random.Next(1, 20_000)];
        world.Random.NextBytes(payload);
        int pieceSize = world.Random.Next(1, 3000);
        ClientOptions options = new() { WriteBufferLimits = WriteBufferLimits.Create(2000) };
        try
        {
            (_, AskingProtocol asking) = await world
                .Host("client")
                .ConnectProtocolAsync(() => new AskingProtocol(payload, pieceSize), "server", 80, options);
            protocols.Add(asking);
            (await asking.Answer).ShouldBe(payload);
            asking.MostQueued.ShouldBeLessThanOrEqualTo(2000 + pieceSize);
            return true;
        }
        catch (ConnectionException)
        {
            return false;
        }
    }

    private sealed class ContextProtocol(List<SynchronizationContext?> contexts) : OrderedProtocol
    {
        protected override void Made() => contexts.Add(SynchronizationContext.Current);

        protected override void Received(in System.Buffers.ReadOnlySequence<byte> data) =>
            contexts.Add(SynchronizationContext.Current);

        protected override bool Ended()
        {
            contexts.Add(SynchronizationContext.Current);
            return false;
        }

        protected override void Lost(Exception? exception) => contexts.Add(SynchronizationContext.Current);
    }
}
