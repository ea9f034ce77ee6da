using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using Deterministic.Core;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Engine;

/// <content>Looks that do not wait, and what follows a look.</content>
internal sealed partial class ConnectionEngine
{
    public bool TryPeek(long seen, out ReadResult result)
    {
        ReadOutcome outcome;
        lock (_gate)
        {
            ThrowIfBusyLocked();
            if (!_machine.Reader.TryPeek(seen, out outcome))
            {
                result = default;
                return false;
            }
        }

        if (ReadErrors.From(outcome) is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        result = PeekedForm.Take(outcome, default);
        return true;
    }

    public void Consume(long count)
    {
        DriverOperation operation;
        Memory<byte> memory;
        ReadOnlySequence<byte> data;
        lock (_gate)
        {
            ThrowIfBusyLocked();
            bool paused = _machine.Reader.IsPaused;
            _machine.Reader.Consume(count);
            operation = BeginIfLocked(paused && !_machine.Reader.IsPaused, out memory, out data);
        }

        if (RunBegun(operation, memory, data))
        {
            DeliverLater();
        }
    }

    public void Interrupt()
    {
        bool any;
        lock (_gate)
        {
            _machine.Reader.Interrupt();
            CollectReadyLocked();
            any = AnyReadyLocked;
        }

        if (any)
        {
            DeliverLater();
        }
    }

    private void ThrowIfBusyLocked()
    {
        if (_read.State != ReadState.Idle)
        {
            throw ReadErrors.Busy();
        }
    }
}
