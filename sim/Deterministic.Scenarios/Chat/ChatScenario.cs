using System.Text;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>A chat server that reads lines as lines.</summary>
public sealed class ChatScenario : Scenario
{
    /// <inheritdoc/>
    public override string Name => "chat";

    /// <inheritdoc/>
    public override string Description =>
        "a line protocol with broadcast and a slow reader: every message arrives once, whole and in order";

    /// <inheritdoc/>
    public override Task RunAsync(ScenarioWorld world) =>
        new ChatParty(world, ChatSize.Small, ReadLineAsync).RunAsync();

    internal static async ValueTask<string?> ReadLineAsync(AsyncStreamReader reader)
    {
        byte[] line = await reader.ReadLineAsync();
        return line is [.. byte[] text, (byte)'\n'] ? Encoding.UTF8.GetString(text) : null;
    }
}
