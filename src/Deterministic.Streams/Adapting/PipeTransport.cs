using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Deterministic.Core;

namespace Deterministic.Streams.Adapting;

/// <summary>A pair of pipes as a transport.</summary>
internal sealed class PipeTransport(IDuplexPipe pipe, AdapterOptions options) : AdaptedTransport(options)
{
    protected override Connection? Below => (pipe as ConnectionPipe)?.Connection;

    public override object? GetExtraInfo(string name) =>
        string.Equals(name, "pipe", StringComparison.Ordinal) ? pipe : null;

    /// <summary>One copy, from the pipe's memory into the reader's.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        while (true)
        {
            ReadResult result = await pipe.Input.ReadAsync(Over).ConfigureAwait(ReturnsToContext);
            ReadOnlySequence<byte> data = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, buffer.Length));
            if (Over.IsCancellationRequested)
            {
                // Closed meanwhile: the pipe stays open, and these bytes are for its next reader.
                pipe.Input.AdvanceTo(result.Buffer.Start);
                Over.ThrowIfCancellationRequested();
            }

            int count = (int)data.Length;
            data.CopyTo(buffer.Span);
            pipe.Input.AdvanceTo(data.End);
            if (count > 0 || result.IsCompleted)
            {
                return count;
            }

            // The read of our pipe was cancelled from elsewhere, for no known reason: it is repeated.
        }
    }

    /// <summary>The flush is pending for as long as the pipe is full: its back-pressure becomes ours.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> data, bool isLast)
    {
        FlushResult result = await pipe.Output.WriteAsync(data, Over).ConfigureAwait(ReturnsToContext);
        return result.IsCompleted
            ? throw new ConnectionException(
                ConnectionErrorKind.BrokenPipe,
                "The pipe's reader was completed: the peer takes no more."
            )
            : data.Length;
    }

    protected override async ValueTask<int> ShutdownWriteAsync()
    {
        await pipe.Output.CompleteAsync().ConfigureAwait(ReturnsToContext);
        return 0;
    }

    protected override async ValueTask<int> CloseAsync()
    {
        if (!LeaveOpen)
        {
            await pipe.Output.CompleteAsync().ConfigureAwait(ReturnsToContext);
            await pipe.Input.CompleteAsync().ConfigureAwait(ReturnsToContext);
        }

        return 0;
    }

    protected override void AbortCore()
    {
        if (!LeaveOpen)
        {
            ConnectionException aborted = new(
                ConnectionErrorKind.Aborted,
                "The connection over this pipe was aborted."
            );
            pipe.Output.Complete(aborted);
            pipe.Input.Complete(aborted);
        }
    }
}
