using System.Buffers;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>Sends back what it receives, and reads no faster than it can write.</summary>
internal sealed class EchoProtocol : OrderedProtocol
{
    protected override void Received(in ReadOnlySequence<byte> data) => Transport.Write(data);

    protected override void Paused() => Transport.PauseReading();

    protected override void Resumed() => Transport.ResumeReading();
}
