using System.Net;
using Deterministic.Faults;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Scheduling;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A capture holds what was said, with the numbers of TCP.</summary>
public sealed class CaptureTests
{
    [Theory]
    [InlineData("calm", 0)]
    [InlineData("calm", 100)]
    [InlineData("lossy-wan", 20)]
    [InlineData("hostile", 0)]
    public void What_each_end_sent_can_be_put_together_from_its_packets(string faults, int lossPerMille)
    {
        byte[] there = new byte[20_000];
        byte[] back = new byte[3_001];
        new Random(1).NextBytes(there);
        new Random(2).NextBytes(back);
        FaultProfile profile = FaultProfiles.Find(faults)!.Without(FaultKind.Reset, FaultKind.Refused);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Conversation conversation = Conversation.Of(
                Captures.Between(
                    async (world, client, server) =>
                    {
                        world.Link(world.Host("client"), world.Host("server")).LossPerMille = lossPerMille;
                        client.Writer.Write(there);
                        client.Writer.WriteEof();
                        (await server.Reader.ReadToEndAsync()).ShouldBe(there);
                        server.Writer.Write(back);
                        server.Writer.WriteEof();
                        (await client.Reader.ReadToEndAsync()).ShouldBe(back);
                    },
                    profile,
                    seed
                )
            );

            conversation.ShouldKeepToTcp();
            conversation.Sent(conversation.Question.Source).ShouldBe(there);
            conversation.Sent(conversation.Question.Destination).ShouldBe(back);
        }
    }

    [Fact]
    public void A_connection_begins_with_the_three_segments_of_its_handshake()
    {
        Conversation conversation = Conversation.Of(Captures.Between((_, _, _) => Task.CompletedTask));

        conversation
            .Packets.Take(3)
            .Select(packet => packet.Flags)
            .ShouldBe([PacketFlags.Syn, PacketFlags.Syn | PacketFlags.Ack, PacketFlags.Ack]);
        CapturedPacket question = conversation.Question;
        question.Time.ShouldBe(VirtualTimeProvider.Epoch.UtcDateTime);
        question.Comment.ShouldBe("connection #1");
        question.Acknowledgement.ShouldBe(0u);
        question.MaxSegment.ShouldBe((ushort)TcpOptions.Default.MaxSegmentBytes);
        conversation.Answer.Acknowledgement.ShouldBe(question.Sequence + 1);
        conversation.Answer.Sequence.ShouldNotBe(question.Sequence);
        conversation.Packets[2].Sequence.ShouldBe(question.Sequence + 1);
        conversation.Packets[2].Acknowledgement.ShouldBe(conversation.Answer.Sequence + 1);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(65_535, 0)]
    [InlineData(65_536, 1)]
    [InlineData(10_000_000, 8)]
    public void Windows_are_scaled_as_far_as_they_must(int window, int scale)
    {
        Conversation conversation = Conversation.Of(
            Captures.Between((_, _, _) => Task.CompletedTask, FaultProfiles.Calm with { WindowBytes = window })
        );

        conversation.Question.WindowScale.ShouldBe((byte)scale);
        conversation.Question.Window.ShouldBe((ushort)Math.Min(window, 65_535));
        conversation.Packets[2].Window.ShouldBe((ushort)(window >> scale));
    }

    [Fact]
    public void A_reset_is_in_it()
    {
        Conversation conversation = Conversation.Of(
            Captures.Between(
                (_, client, _) =>
                {
                    client.Writer.Abort();
                    return Task.CompletedTask;
                }
            )
        );

        conversation.ShouldKeepToTcp();
        conversation.Packets.First(packet => packet.Has(PacketFlags.Rst)).Source.ShouldBe(conversation.Question.Source);
    }

    [Fact]
    public void A_refusal_has_the_numbers_of_somebody_who_knows_of_no_connection()
    {
        PcapngFile file = Captures.Alone(async world =>
        {
            world.Host("server");
            await Talk.FailureOfAsync<IOException>(world.Host("client").OpenConnectionAsync("server", 80).AsTask());
        });

        file.Packets.Count.ShouldBe(2);
        file.Packets[1].Flags.ShouldBe(PacketFlags.Rst | PacketFlags.Ack);
        file.Packets[1].Sequence.ShouldBe(0u);
        file.Packets[1].Acknowledgement.ShouldBe(file.Packets[0].Sequence + 1);
        file.Packets[1].Interface.ShouldBe("server");
    }

    [Fact]
    public void Each_host_has_an_interface_and_a_name_for_its_address()
    {
        PcapngFile file = Captures.Between((_, _, _) => Task.CompletedTask);

        file.Names.Values.ShouldBe(["client", "server"], ignoreOrder: true);
        foreach (CapturedPacket packet in file.Packets)
        {
            packet.Interface.ShouldBe(file.Names[packet.Source.Address]);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void What_a_host_says_to_itself_is_in_it_on_IPv4_and_IPv6(string address)
    {
        PcapngFile file = Captures.Alone(async world =>
        {
            SimulatedHost host = world.Host("alone");
            await using StreamServer server = await host.StartServerAsync(
                async (reader, writer) =>
                {
                    writer.Write(await reader.ReadToEndAsync());
                    writer.Close();
                }
            );
            IPAddress own = IPAddress.Parse(address);
            int port = server.EndPoints.Cast<IPEndPoint>().First(at => at.AddressFamily == own.AddressFamily).Port;
            await using Connection client = await host.OpenConnectionAsync(new IPEndPoint(own, port));
            client.Writer.Write("odd"u8);
            client.Writer.WriteEof();
            (await client.Reader.ReadToEndAsync()).ShouldBe("odd"u8.ToArray());
        });

        file.Names.ShouldBeEmpty("every host has that address");
        Conversation conversation = Conversation.Of(file);
        conversation.ShouldKeepToTcp();
        conversation.Question.Source.Address.ShouldBe(IPAddress.Parse(address));
        conversation.Packets.ShouldAllBe(packet => packet.Interface == "alone");
        conversation.Sent(conversation.Question.Source).ShouldBe("odd"u8.ToArray());
        conversation.Sent(conversation.Question.Destination).ShouldBe("odd"u8.ToArray());
    }

    [Fact]
    public void A_lost_packet_is_in_it_and_says_so()
    {
        PcapngFile file = Captures.Between(
            async (world, client, server) =>
            {
                SimulatedLink there = world.Link(world.Host("client"), world.Host("server"));
                there.Partition();
                client.Writer.Write("x"u8);
                there.Heal();
                await server.Reader.ReadExactlyAsync(1);
            }
        );

        CapturedPacket[] sent = [.. file.Packets.Where(packet => packet.Data.Length > 0)];
        sent.Select(packet => packet.Comment).ShouldBe(["lost in the network", ""]);
        sent[1].Sequence.ShouldBe(sent[0].Sequence);
    }

    [Fact]
    public void A_packet_that_is_held_is_in_it_when_it_leaves_and_only_once()
    {
        DateTime left = default;
        PcapngFile file = Captures.Between(
            async (world, client, server) =>
            {
                left = (VirtualTimeProvider.Epoch + world.Scheduler.Now).UtcDateTime;
                world.Link(world.Host("client"), world.Host("server")).Hold(TimeSpan.FromMilliseconds(100));
                client.Writer.Write("x"u8);
                await server.Reader.ReadExactlyAsync(1);
            }
        );

        CapturedPacket held = file.Packets.Where(packet => packet.Data.Length > 0).ShouldHaveSingleItem();
        held.Comment.ShouldBe("held by the network");
        held.Time.ShouldBe(left);
    }
}
