using Deterministic.Faults;

namespace Deterministic.Simulation.Tool.Tests;

public sealed class CaptureFileTests
{
    private const string BadPacket = "_ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0";
    private const string Question = "tcp.flags.syn == 1 && tcp.flags.ack == 0";

    public static TheoryData<string> Faults => new(FaultProfiles.All.Select(profile => profile.Name));

    [TsharkTheory]
    [MemberData(nameof(Faults))]
    public async Task Tshark_prints_the_conversations_of_a_run_with_nothing_malformed(string faults)
    {
        using Detsim detsim = new();
        for (int seed = 1; seed <= 2; seed++)
        {
            await detsim.RunAsync("run", "chat", "--seed", $"{seed}", "--faults", faults, "--pcap", "chat.pcapng");
            string file = detsim.PathOf("chat.pcapng");

            (await Tshark.ReadAsync(file, "-Y", BadPacket)).ShouldBeEmpty();
            string[] all = Lines(
                await Tshark.ReadAsync(file, "-T", "fields", "-e", "ip.checksum.status", "-e", "tcp.checksum.status")
            );
            all.ShouldAllBe(statuses => statuses == "1\t1", "both are good");
            all.Length.ShouldBeGreaterThan(20);
            string[] conversations = Lines(await Tshark.ReadAsync(file, "-q", "-z", "conv,tcp"));
            string[] questions = Lines(
                await Tshark.ReadAsync(file, "-Y", Question, "-T", "fields", "-e", "frame.comment")
            );
            conversations
                .Count(line => line.Contains("<->", StringComparison.Ordinal))
                .ShouldBe(questions.Select(comment => comment.Split(',')[0]).Distinct().Count());
            questions.ShouldContain("connection #1");
        }
    }

    [TsharkTheory]
    [InlineData("chat.pcapng")]
    public async Task Tshark_knows_the_names_of_the_hosts_and_what_they_said(string file)
    {
        using Detsim detsim = new();
        await detsim.RunAsync("run", "chat", "--seed", "1", "--faults", "calm", "--pcap", file);

        (await Tshark.ReadAsync(detsim.PathOf(file), "-N", "n")).ShouldContain("member-1 → server");
        string stream = await Tshark.ReadAsync(detsim.PathOf(file), "-q", "-z", "follow,tcp,ascii,0");
        stream.ShouldContain("welcome member-1");
    }

    [TsharkTheory]
    [InlineData("chat.pcapng")]
    public async Task Tshark_would_notice_a_byte_that_is_not_as_it_was_sent(string file)
    {
        using Detsim detsim = new();
        await detsim.RunAsync("run", "chat", "--seed", "1", "--faults", "calm", "--pcap", file);
        byte[] bytes = await File.ReadAllBytesAsync(detsim.PathOf(file));
        bytes[bytes.AsSpan().IndexOf("welcome"u8)] ^= 1;
        await File.WriteAllBytesAsync(detsim.PathOf(file), bytes);

        Lines(await Tshark.ReadAsync(detsim.PathOf(file), "-Y", BadPacket)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_writes_the_packets_of_the_run()
    {
        using Detsim detsim = new();
        Outcome run = await detsim.RunAsync("run", "chat-broken", "--seed", "1", "--pcap", "run.pcapng");
        Outcome replay = await detsim.RunAsync(
            "replay",
            ".detsim/chat-broken-lossy-wan-1.tape",
            "--pcap",
            "replay.pcapng"
        );

        run.ExitCode.ShouldBe(1);
        replay.ExitCode.ShouldBe(1);
        byte[] one = await File.ReadAllBytesAsync(detsim.PathOf("run.pcapng"));
        byte[] two = await File.ReadAllBytesAsync(detsim.PathOf("replay.pcapng"));
        PacketsOf(two).ShouldBe(PacketsOf(one));
        PacketsOf(one).Length.ShouldBeGreaterThan(1_000);
    }

    /// <summary>All but the section header, which says that it is a replay.</summary>
    private static byte[] PacketsOf(byte[] file) => file[BitConverter.ToInt32(file, 4)..];

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
