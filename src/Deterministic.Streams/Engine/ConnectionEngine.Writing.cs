using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Engine;

/// <content>Writes, drain and close.</content>
internal sealed partial class ConnectionEngine
{
    public void Write(ReadOnlySpan<byte> data, WriteOrigin origin = WriteOrigin.Program)
    {
        bool dropped;
        lock (_writeGate)
        {
            bool direct;
            lock (_gate)
            {
                ThrowIfUnwritableLocked(origin, data.Length);
                if (data.IsEmpty)
                {
                    return;
                }

                dropped = IsDroppedLocked(origin);
                direct = _machine.TryBeginDirectSend();
                if (!direct)
                {
                    _machine.Write(data);
                }
            }

            if (direct && SendDirect(data))
            {
                return;
            }
        }

        Written(dropped ? data.Length : 0);
    }

    /// <summary>One write of all of it: the transport sees the chunks together, and flow control once.</summary>
    public void Write(ReadOnlyMemory<byte>[] chunks)
    {
        long count = 0;
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            count += chunk.Length;
        }

        bool dropped;
        lock (_writeGate)
        {
            lock (_gate)
            {
                ThrowIfUnwritableLocked(WriteOrigin.Program, count);
                dropped = IsDroppedLocked(WriteOrigin.Program);
                foreach (ReadOnlyMemory<byte> chunk in chunks)
                {
                    _machine.Write(chunk.Span);
                }
            }
        }

        Written(dropped ? count : 0);
    }

    public void Write(in ReadOnlySequence<byte> data)
    {
        if (data.IsSingleSegment)
        {
            Write(data.FirstSpan);
            return;
        }

        bool dropped;
        lock (_writeGate)
        {
            lock (_gate)
            {
                ThrowIfUnwritableLocked(WriteOrigin.Program, data.Length);
                dropped = IsDroppedLocked(WriteOrigin.Program);
                foreach (ReadOnlyMemory<byte> chunk in data)
                {
                    _machine.Write(chunk.Span);
                }
            }
        }

        Written(dropped ? data.Length : 0);
    }

    /// <summary>The largest write that has room whenever a drain need not wait.</summary>
    public long RoomAfterDrain =>
        _options.MaxUnsentBytes is null
            ? long.MaxValue
            : Inspect(static (ConnectionMachine machine) => machine.Writer.RoomAfterDrain);

    /// <summary>Whether a write of so many bytes has room now, or would be dropped.</summary>
    public bool HasRoomFor(long count)
    {
        if (_options.MaxUnsentBytes is null)
        {
            return true;
        }

        lock (_gate)
        {
            return _machine.IsClosing || _machine.Writer.HasRoomFor(count);
        }
    }

    /// <summary>Asks for room for several writes that belong together, before the first of them.</summary>
    public void Admit(long count)
    {
        if (_options.MaxUnsentBytes is null)
        {
            return;
        }

        lock (_gate)
        {
            _machine.Admit(count);
            CollectReadyLocked();
        }

        PumpForUser();
    }

    public void WriteEof() => Command(static machine => machine.WriteEof());

    public void Close()
    {
        // First: how the peer ends no longer matters from here on, also if it does so at this very moment.
        Transport.OnCloseStarted();
        Command(static machine => machine.Close());
    }

    public void Abort() => Command(static machine => machine.Abort());

    /// <summary>The transport is gone, unasked: an abort without an error, a loss with one.</summary>
    public void Lose(Exception? error)
    {
        if (error is null)
        {
            Abort();
        }
        else
        {
            Command(machine => machine.Failed(error));
        }
    }

    public void SetLimits(WriteBufferLimits limits)
    {
        lock (_gate)
        {
            _machine.Writer.SetLimits(limits);
        }
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            return _machine.Drain() switch
            {
                DrainStatus.Completed => default,
                DrainStatus.Pending => _drainers.AddLockedAsync(cancellationToken),
                _ => ValueTask.FromException(_machine.DrainError),
            };
        }
    }

    public ValueTask WaitClosedAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            return _machine.State != ConnectionState.Closed ? _closers.AddLockedAsync(cancellationToken)
                : _machine.LostError is null ? default
                : ValueTask.FromException(_machine.LostError);
        }
    }

    /// <inheritdoc/>
    /// <remarks>With a layer on top also what waits there: clause W-WM-08.</remarks>
    public long Unsent
    {
        get
        {
            long own;
            ConnectionEngine? cover;
            lock (_gate)
            {
                own = _machine.Writer.Buffered;
                cover = _cover;
            }

            return cover is null ? own : own + cover.Unsent;
        }
    }

    public TResult Inspect<TResult>(Func<ConnectionMachine, TResult> inspect)
    {
        lock (_gate)
        {
            return inspect(_machine);
        }
    }

    /// <summary>Whether what the program writes now is dropped. What a layer on top writes then is its own close_notify.</summary>
    private bool IsDroppedLocked(WriteOrigin origin) =>
        origin == WriteOrigin.Program && _machine.State != ConnectionState.Open;

    /// <summary>Without the lock. A write has been taken, or dropped.</summary>
    private void Written(long dropped)
    {
        if (dropped > 0)
        {
            Transport.WriteDropped(dropped);
        }

        PumpForUser();
    }

    /// <summary>Sends straight from the caller's memory.</summary>
    /// <returns>Whether that was all: everything was taken and nothing else came up meanwhile.</returns>
    private bool SendDirect(ReadOnlySpan<byte> data)
    {
        TransportResult result = Transport.TrySend(data);
        lock (_gate)
        {
            if (result.Count > 0)
            {
                NoteSentLocked();
            }

            if (result.Status == TransportStatus.Failed)
            {
                // The failure first: otherwise the end of the send would let a close made meanwhile continue as if everything were flushed.
                _machine.Failed(result.Error!);
                _machine.SentDirect([]);
            }
            else
            {
                _machine.SentDirect(data[result.Count..]);
            }

            return _machine.State == ConnectionState.Open && !_machine.Writer.HasOutput;
        }
    }

    private void Command(Action<ConnectionMachine> command)
    {
        lock (_gate)
        {
            command(_machine);
            CollectReadyLocked();
        }

        PumpForUser();
    }
}
