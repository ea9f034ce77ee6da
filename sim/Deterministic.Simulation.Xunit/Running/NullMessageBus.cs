using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>Drops all messages.</summary>
internal sealed class NullMessageBus : IMessageBus
{
    public bool QueueMessage(IMessageSinkMessage message) => true;

    public void Dispose() { }
}
