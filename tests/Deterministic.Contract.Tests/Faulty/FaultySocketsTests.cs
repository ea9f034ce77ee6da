using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Simulation;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Contract.Tests;

/// <summary>Each group of faults over real sockets: that it does what it does in the simulation, whatever the time it takes.</summary>
public sealed class FaultySocketsTests
{
    private const string Loopback = "127.0.0.1";

    /// <summary>Only a hang takes it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("refused", ConnectionErrorKind.Refused)]
    [InlineData("unreachable", ConnectionErrorKind.Unreachable)]
    [InlineData("port-exhaustion", ConnectionErrorKind.AddressNotAvailable)]
    [InlineData("hang", ConnectionErrorKind.TimedOut)]
    [InlineData("connect-delay for=1000s", ConnectionErrorKind.TimedOut)]
    [InlineData("partition for=1000s", ConnectionErrorKind.TimedOut)]
    public async Task Connecting_fails_and_without_the_fault_it_does_not(string rule, ConnectionErrorKind kind)
    {
        FaultyNetwork faulty = Decorate(rule);
        await using StreamServer server = await faulty
            .ForHost("server")
            .StartServerAsync((_, _) => Task.CompletedTask, Loopback);
        ClientOptions options = new() { ConnectTimeout = TimeSpan.FromMilliseconds(50) };
        ConnectionException error = await Should.ThrowAsync<ConnectionException>(async () =>
        {
            await using Connection connection = await faulty.OpenConnectionAsync(server.EndPoints[0], options);
        });
        error.Kind.ShouldBe(kind);

        faulty.StopFaults();
        await using Connection connected = await faulty.OpenConnectionAsync(server.EndPoints[0]);
    }

    [Theory]
    [InlineData("latency latency=uniform:0s,3ms")]
    [InlineData("jitter for=0s..3ms")]
    [InlineData("pair-latency for=1ms..10ms")]
    [InlineData("bandwidth amount=100000000")]
    [InlineData("bufferbloat amount=100000000")]
    [InlineData("zero-window p=100 for=1ms..5ms")]
    [InlineData("slicer amount=500 spread=400")]
    [InlineData("short-read")]
    [InlineData("short-write p=900")]
    [InlineData("coalescing for=1ms..3ms")]
    [InlineData("stall p=50 for=1ms..20ms")]
    [InlineData("slow-close for=20ms")]
    [InlineData("clog-send every=5ms for=1ms..5ms")]
    [InlineData("clog-receive every=5ms for=1ms..5ms")]
    [InlineData("clog-pair every=5ms for=1ms..5ms")]
    [InlineData("hold every=5ms for=1ms..5ms")]
    [InlineData("partition every=5ms for=1ms..5ms")]
    [InlineData("isolate every=5ms for=1ms..5ms")]
    [InlineData("random-halves every=5ms for=1ms..5ms")]
    [InlineData("swizzle every=20ms for=1ms..5ms")]
    public async Task A_stream_under_it_is_intact_to_its_end(string rule)
    {
        foreach (bool isServerDecorated in new[] { false, true })
        {
            byte[] sent = new byte[100_000];
            new Random(1).NextBytes(sent);
            FaultyNetwork faulty = Decorate(rule);
            await using StreamServer server = await (
                isServerDecorated ? faulty.ForHost("server") : (INetwork)SocketNetwork.Default
            ).StartServerAsync(
                async (reader, writer) =>
                {
                    writer.Write(await reader.ReadToEndAsync());
                    await writer.DrainAsync();
                },
                Loopback
            );
            await using Connection client = await faulty.OpenConnectionAsync(server.EndPoints[0]);
            client.Writer.Write(sent);
            client.Writer.WriteEof();
            (await client.Reader.ReadToEndAsync().AsTask().WaitAsync(Patience)).ShouldBe(sent);
        }
    }

    [Fact]
    public async Task What_is_held_goes_on_when_the_faults_stop()
    {
        TaskCompletionSource<InjectedFault> struck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FaultyNetwork faulty = new(SocketNetwork.Default, Calm("hold on=server>127.0.0.1 for=1000s"), 1, "server");
        faulty.OnStruck = fault => struck.TrySetResult(fault);
        await using StreamServer server = await faulty.StartServerAsync(
            (_, writer) =>
            {
                writer.Write("held"u8);
                return Task.CompletedTask;
            },
            Loopback
        );
        await using Connection client = await SocketNetwork.Default.OpenConnectionAsync(server.EndPoints[0]);
        Task<byte[]> read = client.Reader.ReadToEndAsync().AsTask();
        InjectedFault fault = await struck.Task.WaitAsync(Patience);
        fault.ToString().ShouldBe("hold, server to 127.0.0.1, for 1000s");
        read.IsCompleted.ShouldBeFalse();
        faulty.StopFaults();
        (await read.WaitAsync(Patience)).ShouldBe("held"u8.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_is_one_for_both_ends(bool outgoing)
    {
        await using Ends ends = await ConnectAsync("reset after-bytes=5", outgoing);
        (await LossAsync(ends.From)).ShouldBe(ConnectionErrorKind.Reset);
        (await LossAsync(ends.To)).ShouldBe(ConnectionErrorKind.Reset);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_early_FIN_is_an_end_for_both_ends_and_a_reset_for_who_sends_more(bool outgoing)
    {
        await using Ends ends = await ConnectAsync("fin-early after-bytes=5", outgoing);
        (await ends.From.Reader.ReadToEndAsync().AsTask().WaitAsync(Patience)).ShouldBeEmpty();
        (await ends.To.Reader.ReadToEndAsync().AsTask().WaitAsync(Patience)).ShouldBeEmpty();
        (await LossOfSenderAsync(ends.From)).ShouldBeOneOf(ConnectionErrorKind.Reset, ConnectionErrorKind.BrokenPipe);
        (await LossOfSenderAsync(ends.To)).ShouldBeOneOf(ConnectionErrorKind.Reset, ConnectionErrorKind.BrokenPipe);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_half_close_leaves_the_other_direction(bool outgoing)
    {
        await using Ends ends = await ConnectAsync("half-close after-bytes=5", outgoing);
        (await ends.To.Reader.ReadToEndAsync().AsTask().WaitAsync(Patience)).ShouldBeEmpty();
        ends.To.Writer.Write("back"u8);
        (await ends.From.Reader.ReadExactlyAsync(4).AsTask().WaitAsync(Patience)).ShouldBe("back"u8.ToArray());
        (await LossOfSenderAsync(ends.From)).ShouldBeOneOf(ConnectionErrorKind.Reset, ConnectionErrorKind.BrokenPipe);
    }

    [Fact]
    public async Task After_a_silent_drop_sends_go_nowhere_and_the_peer_is_not_told_of_an_abort()
    {
        await using Ends ends = await ConnectAsync("silent-drop after-bytes=5", outgoing: true);
        ends.From.Writer.Write(new byte[1_000_000]);
        ends.From.Writer.IsPaused.ShouldBeTrue();
        Task<ConnectionErrorKind?> loss = LossAsync(ends.To);
        ends.From.Writer.Abort();
        await ends.From.Writer.WaitClosedAsync().AsTask().WaitAsync(Patience);
        loss.IsCompleted.ShouldBeFalse();
        ends.To.Writer.Abort();
        await loss.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_half_open_peer_is_lost_and_who_sends_is_told_when_it_sends_again(bool outgoing)
    {
        await using Ends ends = await ConnectAsync("half-open after-bytes=5", outgoing);
        (await LossAsync(ends.To)).ShouldBe(ConnectionErrorKind.Reset);
        ends.From.Reader.Exception.ShouldBeNull();
        (await LossOfSenderAsync(ends.From)).ShouldBeOneOf(ConnectionErrorKind.Reset, ConnectionErrorKind.BrokenPipe);
    }

    [Theory]
    [InlineData("bit-flip nth=1", true)]
    [InlineData("bit-flip nth=1", false)]
    [InlineData("truncation nth=1", true)]
    [InlineData("truncation nth=1", false)]
    public async Task What_arrives_is_not_what_was_sent(string rule, bool outgoing)
    {
        (Connection from, Connection to, StreamServer server) = await JoinAsync(rule, outgoing);
        from.Writer.Write("hello"u8);
        from.Writer.WriteEof();
        byte[] read = await to.Reader.ReadToEndAsync().AsTask().WaitAsync(Patience);
        await new Ends(from, to, server).DisposeAsync();
        read.ShouldNotBe("hello"u8.ToArray());
        read.Length.ShouldBeInRange(0, 5);
    }

    /// <summary>The samples of the page on real sockets, so that they compile and mean something.</summary>
    [Fact]
    public async Task The_samples_run()
    {
        FaultProfile rough = FaultProfiles.Calm.With(
            Fault.Latency(LatencyDistribution.Uniform(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(80))),
            Fault.AbortAfter(10_000).On("server.example", "client").WithProbability(100)
        );
        FaultyNetwork network = new(SocketNetwork.Default, rough, seed: 17, host: "client");
        network.OnStruck = fault => Console.WriteLine($"{fault.Time} {fault}");
        FaultyNetwork client = new(SocketNetwork.Default, FaultProfiles.Hostile, seed: 17, host: "client");
        FaultyNetwork server = client.ForHost("server");
        server.HostName.ShouldBe("server");
        await using StreamServer serving = await SocketNetwork.Default.StartServerAsync(
            (_, _) => Task.CompletedTask,
            Loopback
        );
        await using Connection connection = await network.OpenConnectionAsync(serving.EndPoints[0]);
    }

    private static FaultProfile Calm(string rule) => FaultProfiles.Calm.With(FaultRule.Parse(rule));

    private static FaultyNetwork Decorate(string rule) =>
        new(SocketNetwork.Default, Calm(rule), seed: 1, host: "client");

    /// <summary>One end has sent "hello", and the other has read it: it waited for it, since a loss right behind the bytes would cost it what it had not asked for yet.</summary>
    private static async Task<Ends> ConnectAsync(string rule, bool outgoing)
    {
        (Connection from, Connection to, StreamServer server) = await JoinAsync(rule, outgoing);
        Task<byte[]> read = to.Reader.ReadExactlyAsync(5).AsTask();
        from.Writer.Write("hello"u8);
        (await read.WaitAsync(Patience)).ShouldBe("hello"u8.ToArray());
        return new Ends(from, to, server);
    }

    /// <summary>A decorated client and a server that is not, who sends and who is sent to.</summary>
    private static async Task<(Connection From, Connection To, StreamServer Server)> JoinAsync(
        string rule,
        bool outgoing
    )
    {
        TaskCompletionSource<Connection> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamServer server = await SocketNetwork.Default.StartServerAsync(
            connection =>
            {
                accepted.SetResult(connection);
                return connection.Writer.WaitClosedAsync().AsTask();
            },
            Loopback
        );
        string scope = outgoing ? "on=client>127.0.0.1" : "on=127.0.0.1>client";
        Connection client = await Decorate($"{rule} {scope}").OpenConnectionAsync(server.EndPoints[0]);
        Connection served = await accepted.Task.WaitAsync(Patience);
        return outgoing ? (client, served, server) : (served, client, server);
    }

    /// <summary>How a connection is lost, as its reader finds; null if it ended in good order.</summary>
    private static async Task<ConnectionErrorKind?> LossAsync(Connection connection)
    {
        try
        {
            await connection.Reader.ReadToEndAsync().AsTask().WaitAsync(Patience);
            return null;
        }
        catch (ConnectionException error)
        {
            return error.Kind;
        }
    }

    /// <summary>How a connection is lost by sending until that is seen.</summary>
    private static async Task<ConnectionErrorKind?> LossOfSenderAsync(Connection connection)
    {
        try
        {
            while (!connection.Writer.IsClosing)
            {
                connection.Writer.Write("more"u8);
                await Task.Yield();
            }

            await connection.Writer.WaitClosedAsync().AsTask().WaitAsync(Patience);
            return null;
        }
        catch (ConnectionException error)
        {
            return error.Kind;
        }
    }

    private sealed record Ends(Connection From, Connection To, StreamServer Server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            From.Writer.Abort();
            To.Writer.Abort();
            await Server.DisposeAsync();
        }
    }
}
