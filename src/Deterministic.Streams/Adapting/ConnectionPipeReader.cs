using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Deterministic.Streams.Adapting;

/// <summary>The reading half of a connection as a pipe: it lends the reader's own memory, and copies nothing.</summary>
/// <remarks>For one thread at a time, as pipes are; <see cref="CancelPendingRead"/> from any.</remarks>
internal sealed class ConnectionPipeReader(ConnectionPipe pipe, AsyncStreamReader reader) : PipeReader
{
    private PipeReadState _state;

    /// <summary>What was handed out, and how much of what is left over the program has examined.</summary>
    private ReadOnlySequence<byte> _lent;
    private long _examined;

    public override bool TryRead(out ReadResult result)
    {
        ThrowIfNotReadable();
        if (!reader.TryPeek(_examined, out result))
        {
            return false;
        }

        Lend(result);
        return true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfNotReadable();
        ValueTask<ReadResult> look = reader.LookAsync(_examined, cancellationToken);
        if (!look.IsCompletedSuccessfully)
        {
            return LendLaterAsync(look);
        }

#pragma warning disable VSTHRD103 // It is there already.
        ReadResult result = look.Result;
#pragma warning restore VSTHRD103
        Lend(result);
        return new ValueTask<ReadResult>(result);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        ThrowIfCompleted();
        if (_state == PipeReadState.Idle)
        {
            throw new InvalidOperationException("There is nothing to advance in: read first, and advance once.");
        }

        long taken = OffsetOf(consumed);
        long seen = OffsetOf(examined);
        if (seen < taken)
        {
            throw new ArgumentOutOfRangeException(
                nameof(examined),
                "What is consumed is examined, too: the examined position must not lie before the consumed one."
            );
        }

        reader.Consume(taken);
        _examined = seen - taken;
        _lent = default;
        _state = PipeReadState.Idle;
    }

    public override void CancelPendingRead() => reader.Interrupt();

    /// <summary>As in the base class, which would keep what a write took whose wait was cancelled: the next copy would then send it again.</summary>
    public override async Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        CopiedBytes copied = new();
        bool last = false;
        while (!last)
        {
            ReadResult read = await ReadToCopyAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await copied.WriteAsync(read.Buffer, destination, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                AdvanceTo(read.Buffer.GetPosition(copied.Take()));
            }

            last = read.IsCompleted;
        }
    }

    /// <inheritdoc cref="CopyToAsync(Stream, CancellationToken)"/>
    public override async Task CopyToAsync(PipeWriter destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        CopiedBytes copied = new();
        bool last = false;
        while (!last)
        {
            ReadResult read = await ReadToCopyAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                last = !await copied.WriteAsync(read.Buffer, destination, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                AdvanceTo(read.Buffer.GetPosition(copied.Take()));
            }

            last |= read.IsCompleted;
        }
    }

    public override void Complete(Exception? exception = null)
    {
        if (_state != PipeReadState.Completed)
        {
            _state = PipeReadState.Completed;
            _lent = default;
            pipe.CompleteInput(exception);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadToCopyAsync(CancellationToken cancellationToken)
    {
        ReadResult read = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!read.IsCanceled)
        {
            return read;
        }

        AdvanceTo(read.Buffer.Start);
        throw new OperationCanceledException("The read of the pipe that is copied from was cancelled.");
    }

    // Pooled: a read that waits allocates nothing, as everywhere here.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> LendLaterAsync(ValueTask<ReadResult> look)
    {
        ReadResult result = await look.ConfigureAwait(false);
        Lend(result);
        return result;
    }

    private void Lend(in ReadResult result)
    {
        if (_state != PipeReadState.Completed)
        {
            _lent = result.Buffer;
            _state = result.IsCanceled ? PipeReadState.LentTentatively : PipeReadState.Lent;
        }
    }

    /// <summary>Positions count from the beginning of a segment; a position of nothing is the beginning of what was lent.</summary>
    private long OffsetOf(SequencePosition position) =>
        position.GetObject() is null ? 0 : _lent.GetOffset(position) - _lent.GetOffset(_lent.Start);

    private void ThrowIfNotReadable()
    {
        ThrowIfCompleted();
        if (_state == PipeReadState.Lent)
        {
            throw new InvalidOperationException(
                "The last read has not been advanced: call AdvanceTo before reading again."
            );
        }
    }

    private void ThrowIfCompleted()
    {
        if (_state == PipeReadState.Completed)
        {
            throw new InvalidOperationException("This pipe's reader was completed: nothing can be read any more.");
        }
    }
}
