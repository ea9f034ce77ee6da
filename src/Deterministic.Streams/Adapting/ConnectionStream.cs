using System.IO.Pipelines;
using Deterministic.Streams.IO;

namespace Deterministic.Streams.Adapting;

/// <summary>A connection as a <see cref="Stream"/>. What it promises is written at <see cref="ConnectionAdapters.AsStream"/>.</summary>
internal sealed partial class ConnectionStream(Connection connection, bool leaveOpen) : UnseekableStream
{
    private bool _disposed;

    public Connection Connection => connection;

    public override bool CanRead => !_disposed;

    public override bool CanWrite => !_disposed;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return buffer.IsEmpty
            ? connection.Reader.WaitForDataAsync(cancellationToken)
            : connection.Reader.ReadAsync(buffer, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return AdaptedWrite.RunAsync(connection, buffer, cancellationToken);
    }

    /// <summary>What was written is on its way already; this waits only while too much of it is queued, as a write does.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return connection.Writer.DrainAsync(cancellationToken).AsTask();
    }

    /// <summary>Copies from the connection's own memory, and consumes what was handed to the destination: each byte goes there once, also if the copy is cancelled and begun again.</summary>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ValidateCopyToArguments(destination, bufferSize);
        ObjectDisposedException.ThrowIf(_disposed, this);
        CopiedBytes copied = new();
        bool last = false;
        while (!last)
        {
            ReadResult shown = await connection.Reader.LookAsync(seen: 0, cancellationToken).ConfigureAwait(false);
            try
            {
                await copied.WriteAsync(shown.Buffer, destination, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                connection.Reader.Consume(copied.Take());
            }

            last = shown.IsCompleted;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (!leaveOpen)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            if (!leaveOpen)
            {
                connection.Writer.Close();
            }
        }

        base.Dispose(disposing);
    }
}
