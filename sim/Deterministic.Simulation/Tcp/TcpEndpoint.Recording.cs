using Deterministic.Simulation.Links;
using Deterministic.Simulation.Tracing;
using Deterministic.Simulation.Transports;

namespace Deterministic.Simulation.Tcp;

/// <content>What is recorded in the trace.</content>
internal sealed partial class TcpEndpoint
{
    private ContentKind _sends;

    /// <summary>From here on the program sends bytes that are different in each run.</summary>
    public void MarkEncrypted() => _sends = ContentKind.Random;

    private void Record(TraceKind kind) => _world.Trace.Record(Now, Host.Name, Flow.Id, kind);

    private void Record(TraceKind kind, ReadOnlySpan<byte> data, ContentKind content, string text = "") =>
        _world.Trace.Record(Now, Host.Name, Flow.Id, kind, data, content, text);

    private void DropUnread()
    {
        RecordDropped(_receiver.Unread, DroppedTexts.NotRead);
        _receiver.Clear();
    }

    private void RecordDropped(long count, string which)
    {
        if (count > 0)
        {
            _world.Trace.Record(Now, Host.Name, Flow.Id, TraceKind.Dropped, count, which);
        }
    }

    /// <summary>A packet leaves: its data, if it has any, and the end of our half, if it says that.</summary>
    private void Record(TraceKind kind, in Packet packet, string cut)
    {
        if (packet.Length > 0)
        {
            Record(kind, packet.Data, packet.Content, cut);
        }

        if (packet.Has(PacketFlags.Fin))
        {
            Record(TraceKind.SentEof);
        }
    }
}
