using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>A server and its members, from the first greeting to the last farewell, and what must hold at the end.</summary>
internal sealed class ChatParty(ScenarioWorld world, Func<AsyncStreamReader, ValueTask<string?>> readMessageAsync)
{
    private const int MaxMembers = 5;
    private const int MaxMessages = 8;

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync()
    {
        ChatRoom room = new(readMessageAsync);
        ServerOptions options = new() { OnError = world.ReportHandlerError };
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(room.ServeAsync, world.HostAddress("server"), options: options);
        List<ChatMember> members = Invite();

        await Task.WhenAll(members.Select(member => member.JoinAsync(server.EndPoints[0])));
        Task listening = Task.WhenAll(members.Select(member => member.ListenAsync()));
        await Task.WhenAll(members.Select(member => member.SpeakAsync()));
        while (!room.IsQuiet)
        {
            await Task.Delay(PollEvery, world.TimeProvider);
        }

        room.Close();
        await listening;
        CheckThatNothingIsMissing(members);
    }

    private List<ChatMember> Invite()
    {
        int count = world.Random.Next(2, MaxMembers + 1);
        List<ChatMember> members = [];
        for (int number = 1; number <= count; number++)
        {
            int messages = world.Random.Next(1, MaxMessages + 1);
            members.Add(new ChatMember(world, $"member-{number}", messages, slow: number == count));
        }

        return members;
    }

    /// <summary>Whoever kept the connection has heard everything that all who kept theirs have said.</summary>
    private void CheckThatNothingIsMissing(List<ChatMember> members)
    {
        foreach (ChatMember listener in members.Where(member => member.Intact))
        {
            foreach (ChatMember speaker in members.Where(member => member.Intact && member != listener))
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
