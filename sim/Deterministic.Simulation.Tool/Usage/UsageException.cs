namespace Deterministic.Simulation.Tool;

/// <summary>The user asked for what cannot be done; the message is the one line that says what and what to do instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
