namespace Deterministic.Simulation;

/// <content>What the trace may know of the data.</content>
internal sealed partial class TcpEndpoint
{
    private ContentKind _sends;

    /// <summary>From here on the program sends bytes that are different in each run.</summary>
    public void CarryCiphertext() => _sends = ContentKind.Random;

    /// <summary>Of ciphertext only the length enters the trace, which must be the same whenever the tape is.</summary>
    private void RecordData(TraceKind kind, ReadOnlySpan<byte> data, ContentKind content)
    {
        if (content == ContentKind.Repeatable)
        {
            _world.Trace.Record(Now, Host.Name, Flow.Id, kind, data);
        }
        else
        {
            _world.Trace.Record(Now, Host.Name, Flow.Id, kind, data.Length);
        }
    }
}
