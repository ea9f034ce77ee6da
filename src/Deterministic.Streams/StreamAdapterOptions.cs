namespace Deterministic.Streams;

/// <summary>How a stream becomes a connection.</summary>
public record StreamAdapterOptions : AdapterOptions
{
    /// <summary>The connection owns the stream, and cannot end its half alone.</summary>
    public static new StreamAdapterOptions Default { get; } = new();

    /// <summary>
    /// Ends our half of the stream, everything written before having been flushed: a <see cref="Stream"/> itself has no such call. For example
    /// <c>stream => new ValueTask(((SslStream)stream).ShutdownAsync())</c>. Null: <see cref="AsyncStreamWriter.CanWriteEof"/> is false,
    /// unless the stream is one of <see cref="ConnectionAdapters.AsStream"/>, over a connection that can.
    /// </summary>
    public Func<Stream, ValueTask>? ShutdownWrite { get; init; }
}
