using System.Buffers;
using System.Net;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <content>What the engine under test calls.</content>
internal sealed partial class ScriptedTransport
{
    public override TransportResult Receive(Memory<byte> buffer)
    {
        lock (_gate)
        {
            _calls.Add("receive");
            _receiving.IsEmpty.ShouldBeTrue("two receives at once");
            buffer.IsEmpty.ShouldBeFalse();
            _receiving = buffer;
            return NextReceived();
        }
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            _calls.Add($"try[{data.Length}]");
        }

        DuringTrySend?.Invoke();
        lock (_gate)
        {
            if (_sendFailure is { } failure)
            {
                return failure;
            }

            TransportResult result = TransportResult.Completed((int)Math.Min(_credit, data.Length));
            _credit -= result.Count;
            _sent.AddRange(data[..result.Count]);
            return result;
        }
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        lock (_gate)
        {
            _calls.Add($"send[{data.Length}]");
            _sending.IsEmpty.ShouldBeTrue("two sends at once");
            data.IsEmpty.ShouldBeFalse();
            if (_sendFailure is { } failure)
            {
                return failure;
            }

            if (_credit > 0)
            {
                return Take(data);
            }

            _sending = data;
            return TransportResult.Pending;
        }
    }

    public override TransportResult ShutdownWrite()
    {
        Locked(() => _calls.Add("shutdown"));
        return ShutdownResult;
    }

    public override void OnCloseStarted() => ClosesBegun++;

    public override TransportResult Close()
    {
        Locked(() => _calls.Add("close"));
        DuringClose?.Invoke();
        EndPending();
        return CloseResult;
    }

    public override void Abort()
    {
        Locked(() => _calls.Add("abort"));
        DuringAbort?.Invoke();
        EndPending();
    }

    public override void Schedule(Action<object?> callback, object? state)
    {
        if (Scheduler is not null)
        {
            Scheduler(callback, state);
            return;
        }

        lock (_gate)
        {
            _scheduled.Enqueue((callback, state));
        }
    }

    public override object? GetExtraInfo(string name) =>
        string.Equals(name, "colour", StringComparison.Ordinal) ? "blue" : null;
}
