using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Engine;

/// <summary>The one read of a stream as something to await, in any form; reused for every read that has to wait.</summary>
internal sealed class ReadSource(ConnectionEngine engine)
    : IValueTaskSource<byte[]>,
        IValueTaskSource<ReadOnlySequence<byte>>,
        IValueTaskSource<int>,
        IValueTaskSource<long>,
        IValueTaskSource<ReadResult>,
        IValueTaskSource<BorrowedLines>,
        IStreamWait
{
    private ManualResetValueTaskSourceCore<bool> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private ReadOutcome _outcome;
    private Exception? _error;
    private Memory<byte> _destination;

    /// <summary>Kept to be asked for, not to be carried out: the machine has its own.</summary>
    private ReadRequest _request;

    /// <summary>Guarded by the engine's lock.</summary>
    public ReadState State { get; private set; }

    /// <summary>The thread that blocks for the result; null if it is awaited.</summary>
    public BlockedThread? Blocked { get; private set; }

    public short Version => _core.Version;

    public string Reason =>
        WaitDescriptions.Of(_request, engine.Inspect(static (ReaderMachine reader) => reader.Buffered));

    public Transport? Transport => engine.Transport;

    /// <summary>Becomes the wait of a read that is pending in the machine.</summary>
    /// <param name="request">What is read.</param>
    /// <param name="destination">Where to, if it is a read into memory.</param>
    /// <param name="blocks">Whether a thread blocks for the result: then there is <see cref="Blocked"/>.</param>
    public void BeginLocked(in ReadRequest request, Memory<byte> destination, bool blocks)
    {
        State = ReadState.Waiting;
        _request = request;
        _destination = destination;
        Blocked = blocks ? new BlockedThread(engine.Transport) : null;
    }

    /// <summary>The blocked thread takes the result, and the next read may begin.</summary>
    /// <returns>How many bytes came; negative if the read was cancelled because time ran out.</returns>
    public int EndBlockingLocked(ReaderMachine reader)
    {
        ReadOutcome outcome = _outcome;
        Exception? error = _error;
        Memory<byte> destination = _destination;
        _outcome = default;
        _error = null;
        _destination = default;
        Blocked = null;
        State = ReadState.Idle;
        int count =
            error is null ? FilledForm.Take(outcome, destination)
            : error is OperationCanceledException ? -1
            : 0;
        reader.Release();
        if (error is not (null or OperationCanceledException))
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return count;
    }

    /// <summary>Outside the lock: a token that is already cancelled calls back on this stack.</summary>
    public void ListenTo(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static state => ((ReadSource)state!).OnCancelled(), this);
        }
    }

    /// <summary>The machine has an outcome.</summary>
    /// <returns>Whether an awaiter is to be signalled; a blocked thread is awake already.</returns>
    public bool CompleteLocked(in ReadOutcome outcome)
    {
        State = ReadState.Completed;
        _outcome = outcome;
        _error = ReadErrors.From(outcome);
        Blocked?.End();
        return Blocked is null;
    }

    /// <summary>The machine's read was cancelled.</summary>
    public void CompleteCancelledLocked()
    {
        State = ReadState.Completed;
        _error = new OperationCanceledException(_cancellationToken);
    }

    /// <summary>Continues the awaiter, on this stack if it captured no context. No lock may be held.</summary>
    public void Signal() => _core.SetResult(true);

    public ValueTaskSourceStatus GetStatus(short token)
    {
        ValueTaskSourceStatus status = _core.GetStatus(token);
        return status != ValueTaskSourceStatus.Succeeded || _error is null ? status
            : _error is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _core.OnCompleted(continuation, state, token, flags);

    byte[] IValueTaskSource<byte[]>.GetResult(short token) => Finish<byte[], OwnedForm>(token);

    ReadOnlySequence<byte> IValueTaskSource<ReadOnlySequence<byte>>.GetResult(short token) =>
        Finish<ReadOnlySequence<byte>, BorrowedForm>(token);

    int IValueTaskSource<int>.GetResult(short token) => Finish<int, FilledForm>(token);

    long IValueTaskSource<long>.GetResult(short token) => Finish<long, SkippedForm>(token);

    BorrowedLines IValueTaskSource<BorrowedLines>.GetResult(short token) => Finish<BorrowedLines, LinesForm>(token);

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => Finish<ReadResult, PeekedForm>(token);

    /// <summary>Hands the result over. Only now may the next read begin: until here it would pull the bytes from under the awaiter.</summary>
    public TResult Finish<TResult, TForm>(short token)
        where TForm : struct, IReadForm<TResult>
    {
        // Checks the token, and that there is a result. Disposed outside the lock: it waits for a callback that may need the lock.
        _core.GetResult(token);
        _registration.Dispose();
        Exception? error = _error;
        try
        {
            if (error is not null)
            {
                ExceptionDispatchInfo.Throw(error);
            }

            return TForm.Take(_outcome, _destination);
        }
        finally
        {
            // Even if there is no memory for an array of that size: the reader must not stay busy for ever.
            Rearm();
            engine.EndRead(release: !TForm.Lends || error is not null);
        }
    }

    private void Rearm()
    {
        _registration = default;
        _cancellationToken = default;
        _outcome = default;
        _error = null;
        _destination = default;
        _core.Reset();
    }

    /// <summary>The next read may begin.</summary>
    public void EndLocked() => State = ReadState.Idle;

    private void OnCancelled() => engine.CancelRead();
}
