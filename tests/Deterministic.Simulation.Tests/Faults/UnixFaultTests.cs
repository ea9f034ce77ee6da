using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of a Unix socket within a host: its kernel may cut a stream, and nothing else lies in between.</summary>
public sealed class UnixFaultTests
{
    private const string SocketPath = "/run/app.sock";

    [Fact]
    public void A_short_write_cuts_what_is_written_to_a_unix_socket_and_the_rest_follows()
    {
        SimulatedWorld world = Send(100, By(Fault.ShortWrite()), out byte[] received);
        received.ShouldBe(Pattern(100));
        int[] parts = world.Sizes(TraceKind.Sent);
        parts.Length.ShouldBeGreaterThan(1);
        parts.Sum().ShouldBe(100);
        Send(100, Calm, out _).Sizes(TraceKind.Sent).ShouldBe([100]);
    }

    [Fact]
    public void A_short_read_cuts_what_is_read_from_a_unix_socket_and_the_rest_follows()
    {
        SimulatedWorld world = Send(100, By(Fault.ShortRead()), out byte[] received);
        received.ShouldBe(Pattern(100));
        world.Sizes(TraceKind.Read).Sum().ShouldBe(100);
        Send(100, Calm, out _).Sizes(TraceKind.Read).ShouldBeEmpty();
    }

    [Fact]
    public void No_other_fault_of_a_stream_reaches_a_unix_socket()
    {
        FaultRule[] others =
        [
            .. FaultCatalog
                .All.Where(fault => fault.Kind is not (FaultKind.ShortRead or FaultKind.ShortWrite))
                .SelectMany(fault => FaultProfiles.Chaos.Rules.Where(rule => rule.Kind == fault.Kind))
                .Where(rule => rule.Descriptor.Group != FaultGroup.Host)
                .Select(rule => rule.Trigger.Kind == FaultTriggerKind.Probability ? rule.WithProbability(1000) : rule),
        ];
        Send(10_000, By(others), out byte[] received);
        received.ShouldBe(Pattern(10_000));
    }

    private static SimulatedWorld Send(int bytes, FaultProfile faults, out byte[] received)
    {
        byte[] got = [];
        SimulatedWorld world = Talk.Alone(
            async world =>
            {
                SimulatedHost host = world.Host("host");
                TaskCompletionSource<byte[]> all = new();
                await using StreamServer server = await host.StartUnixServerAsync(
                    async connection => all.SetResult(await connection.Reader.ReadToEndAsync()),
                    SocketPath
                );
                await using Connection client = await host.OpenUnixConnectionAsync(SocketPath);
                client.Writer.Write(Pattern(bytes));
                client.Writer.WriteEof();
                got = await all.Task;
            },
            faults
        );
        received = got;
        return world;
    }

    private static byte[] Pattern(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))];
}
