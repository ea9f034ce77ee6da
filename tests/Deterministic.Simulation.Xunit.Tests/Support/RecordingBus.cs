using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>Takes down what a test run reports.</summary>
internal sealed class RecordingBus : LongLivedMarshalByRefObject, IMessageBus, IMessageSink
{
    private readonly List<IMessageSinkMessage> _messages = [];

    public IEnumerable<T> All<T>() => _messages.OfType<T>();

    public bool QueueMessage(IMessageSinkMessage message)
    {
        _messages.Add(message);
        return true;
    }

    public bool OnMessage(IMessageSinkMessage message) => QueueMessage(message);

    public void Dispose() { }
}
