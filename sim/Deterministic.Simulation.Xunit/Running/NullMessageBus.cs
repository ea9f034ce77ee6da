using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>Takes messages and drops them.</summary>
internal sealed class SilentBus : IMessageBus
{
    public bool QueueMessage(IMessageSinkMessage message) => true;

    public void Dispose() { }
}
