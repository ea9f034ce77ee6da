using System.Net;
using Deterministic.Faults;
using Deterministic.Simulation.Capturing;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Tcp;

namespace Deterministic.Simulation.Tests;

/// <summary>A capture is a file that can be trusted, and costs the run nothing.</summary>
public sealed class CaptureFileTests
{
    [Fact]
    public void A_capture_without_packets_is_a_file_too()
    {
        using MemoryStream stream = new();
        _ = new PacketCapture(stream, "größer");

        PcapngFile.Read(stream).Comment.ShouldBe("größer");
    }

    [Fact]
    public void A_run_is_the_same_with_and_without_and_its_capture_the_same_each_time()
    {
        using MemoryStream one = new();
        using MemoryStream two = new();

        ulong without = HashOf(null);

        HashOf(new PacketCapture(one)).ShouldBe(without);
        HashOf(new PacketCapture(two)).ShouldBe(without);
        two.ToArray().ShouldBe(one.ToArray());
        PcapngFile.Read(one).Packets.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void A_full_disk_ends_the_capture_and_not_the_run()
    {
        using FullDisk disk = new(room: 1_000);
        PacketCapture capture = new(disk);

        HashOf(capture).ShouldBe(HashOf(null));

        capture.Failure.ShouldNotBeNull().Message.ShouldBe("No space left on device");
    }

    [Fact]
    public void The_options_of_a_run_have_a_capture()
    {
        using MemoryStream stream = new();
        SimulationRunner.Run(new Handshake(), seed: 1, new SimulationOptions { Capture = new PacketCapture(stream) });

        PcapngFile.Read(stream).Packets[0].Flags.ShouldBe(PacketFlags.Syn);
    }

    [Fact]
    public void Numbers_wrap()
    {
        (SimulatedWorld world, TcpFlow flow) = Flow();
        using MemoryStream stream = new();
        IPacketObserver capture = new PacketCapture(stream);
        const long Far = (3L << 32) + 5;
        uint client = TcpHeaders.InitialNumber(flow.Key);
        uint server = TcpHeaders.InitialNumber(flow.PeerKey);

        capture.PacketSent(
            world.Context,
            flow,
            new Packet(PacketFlags.Ack, Far, Far + 1, 0, [], 0),
            PacketVerdict.Passes
        );
        capture.PacketSent(
            world.Context,
            flow,
            new Packet(PacketFlags.Ack, (1L << 32) - client, (1L << 32) - server - 1, 0, [], 0),
            PacketVerdict.Passes
        );

        List<CapturedPacket> packets = PcapngFile.Read(stream).Packets;
        packets[0].Sequence.ShouldBe(unchecked(client + 5));
        packets[0].Acknowledgement.ShouldBe(unchecked(server + 6));
        packets[1].Sequence.ShouldBe(0u);
        packets[1].Acknowledgement.ShouldBe(uint.MaxValue);
    }

    [Fact]
    public void A_segment_that_no_IP_packet_can_hold_is_written_in_pieces()
    {
        (SimulatedWorld world, TcpFlow flow) = Flow();
        using MemoryStream stream = new();
        byte[] data = new byte[150_000];
        new Random(1).NextBytes(data);
        PacketFlags flags = PacketFlags.Ack | PacketFlags.Psh | PacketFlags.Fin;

        IPacketObserver capture = new PacketCapture(stream);
        capture.PacketSent(world.Context, flow, new Packet(flags, 1, 1, 0, data, data.Length), PacketVerdict.Passes);

        List<CapturedPacket> packets = PcapngFile.Read(stream).Packets;
        packets.SelectMany(packet => packet.Data).ShouldBe(data);
        packets.SkipLast(1).ShouldAllBe(packet => packet.Flags == PacketFlags.Ack);
        packets[^1].Flags.ShouldBe(flags);
        packets.Zip(packets.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Sequence);
    }

    [Fact]
    public void Initial_numbers_are_all_over_the_range()
    {
        uint[] numbers = [.. Enumerable.Range(1, 1_000).Select(key => TcpHeaders.InitialNumber(key))];

        numbers.ShouldBeUnique();
        numbers.Select(number => number >> 28).Distinct().Count().ShouldBe(16);
    }

    private static (SimulatedWorld World, TcpFlow Flow) Flow()
    {
        SimulatedWorld world = new(seed: 1);
        SimulatedHost client = world.Host("client");
        SimulatedHost server = world.Host("server");
        return (
            world,
            new TcpFlow(
                1,
                IsServer: false,
                client,
                new IPEndPoint(client.Address, 1),
                server,
                new IPEndPoint(server.Address, 2)
            )
        );
    }

    private static ulong HashOf(PacketCapture? capture) =>
        Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write(new byte[10_000]);
                client.Writer.WriteEof();
                await server.Reader.ReadToEndAsync();
            },
            FaultProfiles.LossyWan,
            capture: capture
        ).Trace.Hash;

    private sealed class Handshake : Scenario
    {
        public override string Name => "handshake";

        public override string Description => "nobody is there";

        public override Task RunAsync(ScenarioWorld world)
        {
            world.Host("server");
            return Talk.FailureOfAsync<IOException>(
                world
                    .Host("client")
                    .ConnectAsync(new DnsEndPoint("server", 1), new Streams.ClientOptions(), CancellationToken.None)
                    .AsTask()
            );
        }
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }
}
