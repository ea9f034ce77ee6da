using System.Text;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>The same chat server with a common bug: it treats the result of one read as one message.</summary>
/// <remarks>
/// On a quiet network a short message arrives in one piece, so this passes every test on a developer's machine. A stream has no messages, though: a line cut in
/// two becomes two messages, and two lines that arrive together become one.
/// </remarks>
public sealed class BrokenChatScenario : Scenario
{
    private const int MaxMessageBytes = 1024;

    /// <inheritdoc/>
    public override string Name => "chat-broken";

    /// <inheritdoc/>
    public override string Description =>
        "the same with a bug: the server treats the result of one read as one message";

    /// <inheritdoc/>
    public override Task RunAsync(ScenarioWorld world) =>
        new ChatParty(world, ChatSize.Small, ReadMessageAsync).RunAsync();

    private static async ValueTask<string?> ReadMessageAsync(AsyncStreamReader reader)
    {
        byte[] message = await reader.ReadAsync(MaxMessageBytes);
        return message.Length == 0 ? null : Encoding.UTF8.GetString(message).TrimEnd('\n');
    }
}
