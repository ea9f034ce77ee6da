using System.Buffers;
using System.Collections.Concurrent;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>A protocol that checks the order and the exclusion that every driver of protocols promises. Linked into the tests of both worlds.</summary>
internal abstract class OrderedProtocol : StreamProtocol
{
    private readonly ConcurrentQueue<string> _violations = [];
    private int _thread;
    private bool _paused;
    private bool _ended;

    /// <summary>What did not keep to the order.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    public bool IsMade { get; private set; }

    public bool IsLost { get; private set; }

    /// <summary>How often writing was paused.</summary>
    public int Pauses { get; private set; }

    protected ProtocolTransport Transport { get; private set; } = null!;

    public sealed override void ConnectionMade(ProtocolTransport transport) =>
        Enter(
            "ConnectionMade",
            !IsMade && !IsLost,
            () =>
            {
                IsMade = true;
                Transport = transport;
                Made();
            }
        );

    public sealed override void DataReceived(ReadOnlySequence<byte> data) =>
        Enter("DataReceived", IsMade && !_ended && !IsLost && !data.IsEmpty, () => Received(data));

    public sealed override bool EofReceived()
    {
        bool keep = false;
        Enter(
            "EofReceived",
            IsMade && !_ended && !IsLost,
            () =>
            {
                _ended = true;
                keep = Ended();
            }
        );
        return keep;
    }

    public sealed override void PauseWriting() =>
        Enter(
            "PauseWriting",
            IsMade && !_paused && !IsLost,
            () =>
            {
                _paused = true;
                Pauses++;
                Paused();
            }
        );

    public sealed override void ResumeWriting() =>
        Enter(
            "ResumeWriting",
            IsMade && _paused && !IsLost,
            () =>
            {
                _paused = false;
                Resumed();
            }
        );

    public sealed override void ConnectionLost(Exception? exception) =>
        Enter(
            "ConnectionLost",
            IsMade && !IsLost,
            () =>
            {
                IsLost = true;
                Lost(exception);
            }
        );

    protected virtual void Made() { }

    protected virtual void Received(in ReadOnlySequence<byte> data) { }

    protected virtual bool Ended() => false;

    protected virtual void Paused() { }

    protected virtual void Resumed() { }

    protected virtual void Lost(Exception? exception) { }

    /// <summary>One inside another is fine, and is on one thread; two beside each other are not.</summary>
    private void Enter(string callback, bool inOrder, Action action)
    {
        int here = Environment.CurrentManagedThreadId;
        int before = Interlocked.CompareExchange(ref _thread, here, 0);
        if (before != 0 && before != here)
        {
            _violations.Enqueue($"{callback} beside another callback");
        }

        if (!inOrder)
        {
            _violations.Enqueue($"{callback} out of order");
        }

        action();
        if (before == 0)
        {
            Volatile.Write(ref _thread, 0);
        }
    }
}
