using Deterministic.Simulation;

namespace Deterministic.Scenarios;

/// <summary>The same chat with fifty members for ten hours: finds what a search through short runs does not, such as memory that grows.</summary>
public sealed class LongChatScenario : Scenario
{
    /// <summary>Each member sends a message every three minutes on average, and so receives about a thousand an hour.</summary>
    private static readonly ChatSize TenHours = new()
    {
        MinMembers = 50,
        MaxMembers = 50,
        MinMessages = 200,
        MaxMessages = 200,
        LongestPause = TimeSpan.FromMinutes(6),
    };

    /// <inheritdoc/>
    public override string Name => "chat-long";

    /// <inheritdoc/>
    public override string Description =>
        "the same chat for ten hours, with fifty members: not in the catalogue, since it would take as long on real sockets";

    /// <inheritdoc/>
    public override Task RunAsync(ScenarioWorld world) =>
        new ChatParty(world, TenHours, ChatScenario.ReadLineAsync).RunAsync();
}
