using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>A connection and the transport that it lies on.</summary>
internal sealed class Wire
{
    public Wire(int limit = 65536, int high = 65536, ScriptedTransport? transport = null)
    {
        // A driver's threads have no context of their own; one of xunit's would send tasks on a detour.
        SynchronizationContext.SetSynchronizationContext(null);
        Transport = transport ?? new ScriptedTransport();
        Connection = Connection.Attach(
            Transport,
            new ConnectionOptions { Limit = limit, WriteBufferLimits = WriteBufferLimits.Create(high) }
        );
    }

    public ScriptedTransport Transport { get; }

    public Connection Connection { get; }

    public AsyncStreamReader Reader => Connection.Reader;

    public AsyncStreamWriter Writer => Connection.Writer;

    public static ConnectionException Reset { get; } = new(ConnectionErrorKind.Reset, "reset by peer");

    /// <summary>A wire whose transport takes nothing, with so many bytes queued.</summary>
    public static Wire Blocked(int queued, int high = 8)
    {
        Wire wire = new(high: high);
        wire.Transport.Limit(0);
        wire.Write(new string('x', queued));
        return wire;
    }

    public void Write(string text) => Writer.Write(Bytes.Of(text));

    public Task<byte[]> ReadAsync(int count = -1, CancellationToken token = default) =>
        Reader.ReadAsync(count, token).AsTask();

    public Task DrainAsync(CancellationToken token = default) => Writer.DrainAsync(token).AsTask();

    public Task WaitClosedAsync(CancellationToken token = default) => Writer.WaitClosedAsync(token).AsTask();
}
