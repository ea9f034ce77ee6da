using System.Net;
using System.Runtime.CompilerServices;

namespace Deterministic.Streams.Adapting;

/// <summary>A stream as a transport.</summary>
internal sealed class StreamTransport(Stream stream, StreamAdapterOptions options) : AdaptedTransport(options)
{
    private readonly Func<Stream, ValueTask>? _shutdownWrite = options.ShutdownWrite;

    public override EndPoint? LocalEndPoint => base.LocalEndPoint ?? Adapted?.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => base.RemoteEndPoint ?? Adapted?.RemoteEndPoint;

    public override bool CanShutdownWrite => _shutdownWrite is not null || Adapted is { Writer.CanWriteEof: true };

    protected override Connection? Below => Adapted;

    /// <summary>The connection under the stream, if it is one of this library's: it knows more than a stream can express.</summary>
    private Connection? Adapted => (stream as ConnectionStream)?.Connection;

    public override object? GetExtraInfo(string name) =>
        string.Equals(name, "stream", StringComparison.Ordinal) ? stream : null;

    protected override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => stream.ReadAsync(buffer, Over);

    /// <summary>After the last piece the stream is flushed: it may hold back what is not.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> data, bool isLast)
    {
        await stream.WriteAsync(data, Over).ConfigureAwait(ReturnsToContext);
        if (isLast)
        {
            await stream.FlushAsync(Over).ConfigureAwait(ReturnsToContext);
        }

        return data.Length;
    }

    protected override async ValueTask<int> ShutdownWriteAsync()
    {
        if (_shutdownWrite is { } shutdown)
        {
            await shutdown(stream).ConfigureAwait(ReturnsToContext);
        }
        else
        {
            Adapted!.Writer.WriteEof();
        }

        return 0;
    }

    protected override async ValueTask<int> CloseAsync()
    {
        if (!LeaveOpen)
        {
            await stream.DisposeAsync().ConfigureAwait(ReturnsToContext);
            if (Adapted is { } connection)
            {
                // Disposing does not report a loss, but the close must.
                await connection.Writer.WaitClosedAsync(CancellationToken.None).ConfigureAwait(ReturnsToContext);
            }
        }

        return 0;
    }

    protected override void AbortCore()
    {
        if (!LeaveOpen)
        {
            Adapted?.Abort();
            stream.Dispose();
        }
    }
}
