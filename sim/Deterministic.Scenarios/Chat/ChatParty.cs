using System.Net;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>A server and its members, from the first connection to the last, and the properties that must hold at the end.</summary>
internal sealed class ChatParty(
    ScenarioWorld world,
    ChatSize size,
    Func<AsyncStreamReader, ValueTask<string?>> readMessageAsync
)
{
    /// <summary>The longest wait on a live network: 15 minutes until retransmissions time out, and some more for the rest.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    public async Task RunAsync()
    {
        ChatServerHost host = new(readMessageAsync);
        world.StartHost(
            "server",
            static (network, disk) => disk.Host.ServeAsync(network, disk.Address),
            (Host: host, Address: world.HostAddress("server"))
        );
        EndPoint address = await host.Address;
        List<ChatMember> members = Invite();

        await Task.WhenAll(members.Select(member => member.JoinAsync(address)));
        Task listening = Task.WhenAll(members.Select(member => member.ListenAsync()));
        await Task.WhenAll(members.Select(member => member.SpeakAsync()));
        await world.EventuallyAsync(
            () => host.IsQuiet,
            "room-falls-quiet",
            LongestWait,
            static () => "The server still waits for messages, although all members have sent theirs."
        );
        host.Close();
        await listening;
        CheckNothingMissing(members);
        world.Sometimes(members.TrueForAll(member => member.IsDone), "everybody-hears-everything");
    }

    private List<ChatMember> Invite()
    {
        int count = world.Random.Next(size.MinMembers, size.MaxMembers + 1);
        List<ChatMember> members = [];
        for (int number = 1; number <= count; number++)
        {
            int messages = world.Random.Next(size.MinMessages, size.MaxMessages + 1);
            members.Add(new ChatMember(world, $"member-{number}", messages, size.LongestPause, slow: number == count));
        }

        return members;
    }

    /// <summary>Every member whose connection survived has received all messages of the others whose connections survived.</summary>
    private void CheckNothingMissing(List<ChatMember> members)
    {
        foreach (ChatMember listener in members.Where(member => member.IsDone))
        {
            foreach (ChatMember speaker in members.Where(member => member.IsDone && member != listener))
            {
                int heard = listener.HeardFrom(speaker.Name);
                world.Always(
                    heard == speaker.Messages,
                    "nothing-missing",
                    $"{listener.Name} heard {heard} of the {speaker.Messages} messages of {speaker.Name}."
                );
            }
        }
    }
}
