using System.Buffers;
using System.Net;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>
/// A transport that the test plays: it records what it is called for, takes bytes on credit, and ends operations when the test says so,
/// on the stack of the test, which then stands for the driver's. What is scheduled runs when the test says so, too.
/// </summary>
internal sealed partial class ScriptedTransport : Transport
{
    private readonly object _gate = new();
    private readonly List<string> _calls = [];
    private readonly List<byte> _sent = [];
    private readonly Queue<(Action<object?> Callback, object? State)> _scheduled = [];
    private readonly Queue<byte[]> _arrived = [];
    private TransportResult? _ending;
    private Memory<byte> _receiving;
    private ReadOnlySequence<byte> _sending;
    private TransportResult? _sendFailure;
    private long _credit = long.MaxValue;

    public override EndPoint? LocalEndPoint { get; } = new DnsEndPoint("here", 1);

    public override EndPoint? RemoteEndPoint { get; } = new DnsEndPoint("there", 2);

    public override TimeProvider TimeProvider => Time ?? base.TimeProvider;

    /// <summary>The time of the world that it is in; the machine's if null.</summary>
    public TimeProvider? Time { get; init; }

    public override bool CanShutdownWrite => CanEnd;

    public bool CanEnd { get; init; } = true;

    public override bool ClosesAtEndOfFile => ClosesAtEnd;

    public bool ClosesAtEnd { get; init; }

    /// <summary>How often it heard that a close was begun.</summary>
    public int ClosesBegun { get; private set; }

    public override int SmallestReceive => Smallest;

    public int Smallest { get; init; }

    /// <summary>How much memory the receive under way has.</summary>
    public int ReceivingInto => Locked(() => _receiving.Length);

    /// <summary>What ending our half and closing return: done at once, unless the test ends them later.</summary>
    public TransportResult ShutdownResult { get; set; } = TransportResult.Done;

    public TransportResult CloseResult { get; set; } = TransportResult.Done;

    /// <summary>Called within a direct send, before it takes anything: what another thread might do meanwhile.</summary>
    public Action? DuringTrySend { get; set; }

    /// <summary>Called when it is closed.</summary>
    public Action? DuringClose { get; init; }

    /// <summary>Called when it is aborted, before anything else: what another thread might do meanwhile.</summary>
    public Action? DuringAbort { get; set; }

    /// <summary>Where scheduled work goes instead of the queue of the test.</summary>
    public Action<Action<object?>, object?>? Scheduler { get; init; }

    /// <summary>What it was called for, in order; the sizes of sends in brackets.</summary>
    public string Calls => Locked(() => string.Join(' ', _calls));

    public string Sent => Locked(() => Bytes.Text([.. _sent]));

    public int ScheduledCount => Locked(() => _scheduled.Count);

    public bool IsReceiving => Locked(() => !_receiving.IsEmpty);

    /// <summary>From now on it takes only so many bytes.</summary>
    public void Limit(long credit) => Locked(() => _credit = credit);

    public void ForgetCalls() => Locked(_calls.Clear);

    /// <summary>It can take so many bytes more; a send under way goes on.</summary>
    public void Accept(long count)
    {
        TransportResult? result = null;
        lock (_gate)
        {
            _credit += count;
            if (!_sending.IsEmpty && _credit > 0)
            {
                result = Take(_sending);
                _sending = default;
            }
        }

        if (result is { } taken)
        {
            Handler.SendCompleted(taken);
        }
    }

    /// <summary>The send under way fails, or the next one.</summary>
    public void FailSend(Exception error)
    {
        bool under;
        lock (_gate)
        {
            under = !_sending.IsEmpty;
            _sending = default;
            _sendFailure = TransportResult.Failed(error);
        }

        if (under)
        {
            Handler.SendCompleted(TransportResult.Failed(error));
        }
    }

    /// <summary>Bytes arrive: into the receive under way, or for the next ones.</summary>
    public void Arrive(string text)
    {
        bool receiving;
        lock (_gate)
        {
            _arrived.Enqueue(Bytes.Of(text));
            receiving = !_receiving.IsEmpty;
        }

        if (receiving)
        {
            Handler.ReceiveCompleted(NextReceived());
        }
    }

    public void ArriveEof() => End(TransportResult.EndOfFile);

    public void ArriveError(Exception error) => End(TransportResult.Failed(error));

    public void FinishShutdown(TransportResult result) => Handler.ShutdownWriteCompleted(result);

    public void FinishClose(TransportResult result) => Handler.CloseCompleted(result);

    /// <summary>Reports what was never begun.</summary>
    public void ReportReceive() => Handler.ReceiveCompleted(TransportResult.Completed(1));

    public void ReportSend() => Handler.SendCompleted(TransportResult.Completed(1));

    /// <summary>Runs what was scheduled, and what that schedules.</summary>
    public int RunScheduled()
    {
        int count = 0;
        while (TryNextScheduled(out (Action<object?> Callback, object? State) work))
        {
            work.Callback(work.State);
            count++;
        }

        return count;
    }

    /// <summary>Pending operations end with any result, some time after the close.</summary>
    private void EndPending()
    {
        bool receiving;
        bool sending;
        lock (_gate)
        {
            receiving = !_receiving.IsEmpty;
            sending = !_sending.IsEmpty;
            _receiving = default;
            _sending = default;
        }

        TransportResult cut = TransportResult.Failed(new ObjectDisposedException("transport"));
        if (receiving)
        {
            Schedule(state => ((ScriptedTransport)state!).Handler.ReceiveCompleted(cut), this);
        }

        if (sending)
        {
            Schedule(state => ((ScriptedTransport)state!).Handler.SendCompleted(cut), this);
        }
    }

    private void End(TransportResult result)
    {
        bool receiving;
        lock (_gate)
        {
            _ending = result;
            receiving = !_receiving.IsEmpty;
        }

        if (receiving)
        {
            Handler.ReceiveCompleted(NextReceived());
        }
    }

    private TransportResult NextReceived()
    {
        lock (_gate)
        {
            if (!_arrived.TryPeek(out byte[]? data))
            {
                if (_ending is { } end)
                {
                    _receiving = default;
                    return end;
                }

                return TransportResult.Pending;
            }

            _arrived.Dequeue();
            data.CopyTo(_receiving);
            _receiving = default;
            return TransportResult.Completed(data.Length);
        }
    }

    private TransportResult Take(in ReadOnlySequence<byte> data)
    {
        int count = (int)Math.Min(_credit, data.Length);
        _credit -= count;
        _sent.AddRange(data.Slice(0, count).ToArray());
        return TransportResult.Completed(count);
    }

    private bool TryNextScheduled(out (Action<object?> Callback, object? State) work)
    {
        lock (_gate)
        {
            return _scheduled.TryDequeue(out work);
        }
    }

    private void Locked(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }

    private T Locked<T>(Func<T> get)
    {
        lock (_gate)
        {
            return get();
        }
    }
}
