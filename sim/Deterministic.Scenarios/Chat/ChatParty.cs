using System.Net;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>A server and its members, from the first greeting to the last goodbye, and what must hold at the end.</summary>
internal sealed class ChatParty(
    ScenarioWorld world,
    ChatSize size,
    Func<AsyncStreamReader, ValueTask<string?>> readMessageAsync
)
{
    /// <summary>The longest that a live network keeps somebody waiting: 15 minutes until retransmissions are given up, and some for what follows.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public async Task RunAsync()
    {
        ChatServerHost house = new(readMessageAsync);
        world.StartHost(
            "server",
            static (network, disk) => disk.House.ServeAsync(network, disk.Address),
            (House: house, Address: world.HostAddress("server"))
        );
        EndPoint address = await house.Address;
        List<ChatMember> members = Invite();

        await Task.WhenAll(members.Select(member => member.JoinAsync(address)));
        Task listening = Task.WhenAll(members.Select(member => member.ListenAsync()));
        await Task.WhenAll(members.Select(member => member.SpeakAsync()));
        await world.EventuallyAsync(
            () => house.IsQuiet,
            "room-falls-quiet",
            Patience,
            static () => "The server still waits for somebody to speak, although everybody has spoken."
        );
        house.Close();
        await listening;
        CheckThatNothingIsMissing(members);
        world.Sometimes(members.TrueForAll(member => member.IsDone), "everybody-hears-everything");
    }

    private List<ChatMember> Invite()
    {
        int count = world.Random.Next(size.LeastMembers, size.MostMembers + 1);
        List<ChatMember> members = [];
        for (int number = 1; number <= count; number++)
        {
            int messages = world.Random.Next(size.LeastMessages, size.MostMessages + 1);
            members.Add(new ChatMember(world, $"member-{number}", messages, size.LongestPause, slow: number == count));
        }

        return members;
    }

    /// <summary>Whoever kept the connection has heard everything that all who kept theirs have said.</summary>
    private void CheckThatNothingIsMissing(List<ChatMember> members)
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
