namespace Deterministic.Simulation.Tool;

/// <summary>A usage error; the message is one line that says what is wrong and what to do instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
