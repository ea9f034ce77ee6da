using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Deterministic.Streams.Adapting;

/// <summary>
/// How much of what a reader shows was handed to a destination: the bytes that a copy may consume, each of them once.
/// </summary>
/// <remarks>
/// A write whose wait is cancelled has usually taken its bytes: a connection has queued them, a pipe has buffered them. So bytes count as handed over once the write has begun, and only a write that
/// was cancelled before it began (it returns cancelled at once, as streams and pipes do that check their token first) leaves them to the source. A write that fails otherwise also leaves them: they
/// may be needed for another destination.
/// The methods are built as pooled ones: what they end continues right there, as all that the library awaits. A task would go over the thread pool where a scheduler is current, which in a simulation is an escape.
/// </remarks>
internal sealed class CopiedBytes
{
    /// <summary>Handed over since the last <see cref="Take"/>.</summary>
    private long _count;

    /// <summary>What may be consumed now.</summary>
    public long Take()
    {
        long count = _count;
        _count = 0;
        return count;
    }

    /// <summary>Writes all of <paramref name="data"/>, piece by piece.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(
        ReadOnlySequence<byte> data,
        Stream destination,
        CancellationToken cancellationToken
    )
    {
        foreach (ReadOnlyMemory<byte> piece in data)
        {
            ValueTask write = destination.WriteAsync(piece, cancellationToken);
            long handed = Begun(piece, write.IsCanceled);
            try
            {
                await write.ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _count -= handed;
                throw;
            }
        }
    }

    /// <summary>Writes all of <paramref name="data"/>, piece by piece, unless the destination is completed.</summary>
    /// <returns>False if the pipe's reader was completed.</returns>
    /// <exception cref="OperationCanceledException">Also if the flush was cancelled by <see cref="PipeWriter.CancelPendingFlush"/>.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WriteAsync(
        ReadOnlySequence<byte> data,
        PipeWriter destination,
        CancellationToken cancellationToken
    )
    {
        foreach (ReadOnlyMemory<byte> piece in data)
        {
            ValueTask<FlushResult> write = destination.WriteAsync(piece, cancellationToken);
            long handed = Begun(piece, write.IsCanceled);
            FlushResult flushed;
            try
            {
                flushed = await write.ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _count -= handed;
                throw;
            }

            if (flushed.IsCanceled)
            {
                throw new OperationCanceledException("The flush of the pipe that is copied to was cancelled.");
            }

            if (flushed.IsCompleted)
            {
                return false;
            }
        }

        return true;
    }

    private long Begun(ReadOnlyMemory<byte> piece, bool isRefused)
    {
        long handed = isRefused ? 0 : piece.Length;
        _count += handed;
        return handed;
    }
}
