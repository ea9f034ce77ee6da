using System.Buffers;
using System.Threading.Tasks.Sources;
using Deterministic.Core;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Engine;

/// <content>Reads.</content>
internal sealed partial class ConnectionEngine
{
    public int Limit => _machine.Reader.Limit;

    public ValueTask<TResult> ReadAsync<TResult, TForm>(
        in ReadRequest request,
        Memory<byte> destination,
        CancellationToken cancellationToken
    )
        where TForm : struct, IReadForm<TResult>
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<TResult>(cancellationToken);
        }

        ReadStatus status = BeginRead<TResult, TForm>(
            request,
            destination,
            blocks: false,
            out TResult result,
            out Exception? error,
            out bool any
        );
        ValueTask<TResult> task =
            status == ReadStatus.Pending ? WaitAsync<TResult>(ref any, cancellationToken)
            : error is null ? new ValueTask<TResult>(result)
            : ValueTask.FromException<TResult>(error);
        if (any)
        {
            DeliverLater();
        }

        return task;
    }

    public void CancelRead()
    {
        lock (_gate)
        {
            if (_read.State != ReadState.Waiting)
            {
                return;
            }

            _machine.Reader.Cancel();
            _read.CompleteCancelledLocked();
            _readReady = true;
        }

        DeliverLater();
    }

    public void EndRead(bool release)
    {
        lock (_gate)
        {
            ReleaseIfLocked(release);
            _read.EndLocked();
        }
    }

    public TResult Inspect<TResult>(Func<ReaderMachine, TResult> inspect)
    {
        lock (_gate)
        {
            return inspect(_machine.Reader);
        }
    }

    /// <summary>All that is buffered, in a copy of its own.</summary>
    public byte[] TakeBuffered()
    {
        byte[] taken;
        lock (_gate)
        {
            ThrowIfBusyLocked();

            taken = _machine.Reader.TakeBuffered().ToArray();
            _machine.Reader.Release();
        }

        PumpForUser();
        return taken;
    }

    /// <summary>Begins a read, and the receive that it needs.</summary>
    /// <param name="request">What to read.</param>
    /// <param name="destination">Where to, if it is a read into memory.</param>
    /// <param name="blocks">Whether the calling thread blocks if the read has to wait: for <see cref="ReadSource.Blocked"/>.</param>
    /// <param name="result">What was read, if the read has ended without an error.</param>
    /// <param name="error">What it has failed with, if so.</param>
    /// <param name="any">Whether a wait has a result that is to be signalled.</param>
    private ReadStatus BeginRead<TResult, TForm>(
        in ReadRequest request,
        Memory<byte> destination,
        bool blocks,
        out TResult result,
        out Exception? error,
        out bool any
    )
        where TForm : struct, IReadForm<TResult>
    {
        ReadOutcome outcome;
        result = default!;
        error = null;
        DriverOperation operation;
        Memory<byte> memory;
        ReadOnlySequence<byte> data;
        lock (_gate)
        {
            ThrowIfBusyLocked();

            bool paused = _machine.Reader.IsPaused;
            outcome = _machine.Reader.Begin(request);
            if (outcome.Status == ReadStatus.Pending)
            {
                _read.BeginLocked(request, destination, blocks);
            }
            else
            {
                error = ReadErrors.From(outcome);
                result = error is null ? TForm.Take(outcome, destination) : result;
                ReleaseIfLocked(!TForm.Lends || error is not null);
            }

            // A read that waits must not depend on its caller, which may be a continuation on the driver's stack that blocks for the result.
            bool resumed = paused && !_machine.Reader.IsPaused;
            operation = BeginIfLocked(outcome.Status == ReadStatus.Pending || resumed, out memory, out data);
        }

        any = RunBegun(operation, memory, data);
        return outcome.Status;
    }

    /// <param name="any">Whether a wait has a result; on return, whether another one than this read has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private ValueTask<TResult> WaitAsync<TResult>(ref bool any, CancellationToken cancellationToken)
    {
        short version = _read.Version;
        _read.ListenTo(cancellationToken);
        if (any && TakeReady(out any))
        {
            // Its result came while it was being set up, and nothing awaits it yet: so it can be signalled on this stack.
            _read.Signal();
        }

        return new ValueTask<TResult>((IValueTaskSource<TResult>)(object)_read, version);
    }

    /// <returns>Whether the read has a result that was not signalled yet; the caller signals it.</returns>
    private bool TakeReady(out bool others)
    {
        lock (_gate)
        {
            bool own = _readReady;
            _readReady = false;
            others = _waitersReady is not null;
            return own;
        }
    }

    private void ReleaseIfLocked(bool release)
    {
        if (release)
        {
            _machine.Reader.Release();
        }
    }
}
