using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Deterministic.Core;

namespace Deterministic.Streams.Adapting;

/// <summary>The writing half of a connection as a pipe: what is flushed goes straight to the network, as far as that takes it at once.</summary>
/// <remarks>For one thread at a time, as pipes are; <see cref="CancelPendingFlush"/> from any.</remarks>
internal sealed class ConnectionPipeWriter(ConnectionPipe pipe, Connection connection) : PipeWriter
{
    private readonly OutgoingChunks _unflushed = new();
    private readonly FlushInterrupt _interrupt = new();
    private bool _completed;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _unflushed.Count;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ThrowIfCompleted();
        return _unflushed.Reserve(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        ThrowIfCompleted();
        _unflushed.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        WriteAsync(default, cancellationToken);

    /// <summary>Takes everything, also if the wait that follows is cancelled.</summary>
    public override ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source,
        CancellationToken cancellationToken = default
    )
    {
        ThrowIfCompleted();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        }

        if (connection.Writer.IsClosing)
        {
            _unflushed.Clear();
            return connection.Reader.Exception is { } error
                ? ValueTask.FromException<FlushResult>(error)
                : new ValueTask<FlushResult>(new FlushResult(_interrupt.TakeRequest(), isCompleted: true));
        }

        _unflushed.WriteTo(connection.Writer, source.Length);
        connection.Writer.Write(source.Span);
        return DrainAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => _interrupt.Request();

    public override void Complete(Exception? exception = null)
    {
        if (_completed)
        {
            return;
        }

        _completed = true;
        try
        {
            if (exception is null)
            {
                _unflushed.WriteTo(connection.Writer);
            }
        }
        catch (InvalidOperationException error)
        {
            // What was to be the last of the stream cannot be sent: an end in order would make it look whole.
            exception = error;
            throw;
        }
        finally
        {
            _unflushed.Clear();
            pipe.CompleteOutput(exception);
        }
    }

    /// <summary>The bytes are taken. A wait that is cancelled before it begins is none, so that a flush that returns cancelled at once has taken nothing.</summary>
    private ValueTask<FlushResult> DrainAsync(CancellationToken cancellationToken)
    {
        if (_interrupt.TakeRequest())
        {
            return new ValueTask<FlushResult>(new FlushResult(isCanceled: true, isCompleted: false));
        }

        return connection.Writer.MustDrain
            ? WaitAsync(cancellationToken)
            : new ValueTask<FlushResult>(new FlushResult(isCanceled: false, isCompleted: false));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> WaitAsync(CancellationToken cancellationToken)
    {
        CancellationTokenSource? source = _interrupt.TryBegin(cancellationToken);
        if (source is null)
        {
            return new FlushResult(isCanceled: true, isCompleted: false);
        }

        bool interrupted = false;
        try
        {
            ValueTask drain = connection.Writer.DrainAsync(source.Token);
            if (!drain.IsCanceled)
            {
                await drain.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // With the caller's token, if it was that one: so a caller knows its own cancellation.
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            interrupted = _interrupt.End();
        }

        return new FlushResult(isCanceled: interrupted, isCompleted: false);
    }

    private void ThrowIfCompleted()
    {
        if (_completed)
        {
            throw new InvalidOperationException("This pipe's writer was completed: nothing can be written any more.");
        }
    }
}
