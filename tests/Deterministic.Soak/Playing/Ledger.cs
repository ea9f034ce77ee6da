using System.Collections.Concurrent;
using Deterministic.Soak.Content;
using Deterministic.Soak.Planning;

namespace Deterministic.Soak.Playing;

/// <summary>What happened in a run so far. Safe to use from any thread.</summary>
internal sealed class Ledger
{
    /// <summary>The first few show what is wrong; thousands more of the same kind would hide it.</summary>
    private const int MostViolations = 20;

    private readonly ConcurrentDictionary<long, Session> _open = [];
    private readonly ConcurrentQueue<string> _violations = [];
    private readonly long[] _events = new long[Enum.GetValues<SoakEvent>().Length];
    private long _violationCount;
    private long _bytesSent;
    private long _bytesReceived;
    private long _bytesLost;

    public IReadOnlyCollection<string> Violations => _violations;

    public long ViolationCount => Interlocked.Read(ref _violationCount);

    /// <summary>Bytes handed over for sending, both ways.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>Bytes that were sent on connections that were broken, and did not arrive.</summary>
    public long BytesLost => Interlocked.Read(ref _bytesLost);

    public long this[SoakEvent what] => Interlocked.Read(ref _events[(int)what]);

    public void Count(SoakEvent what) => Interlocked.Increment(ref _events[(int)what]);

    public void Report(string violation)
    {
        if (Interlocked.Increment(ref _violationCount) <= MostViolations)
        {
            _violations.Enqueue(violation);
        }
    }

    public void Open(Session session) => _open[session.Number] = session;

    public Session? Find(long number) => _open.GetValueOrDefault(number);

    /// <summary>It was never made.</summary>
    public void Forget(Session session) => _open.TryRemove(session.Number, out _);

    /// <summary>One of its ends is over; with the second one it is settled what was sent and received.</summary>
    public void EndOver(Session session)
    {
        if (session.EndOver())
        {
            Settle(session);
        }
    }

    /// <summary>After the end of everything: settles those of which the server never heard.</summary>
    public void SettleRest()
    {
        foreach (Session session in _open.Values)
        {
            Settle(session);
        }
    }

    private void Settle(Session session)
    {
        Forget(session);
        Count(EventOf(session.Plan.Ending));
        Settle(session, session.ToServer);
        Settle(session, session.ToClient);
    }

    private void Settle(Session session, Direction direction)
    {
        if (session.Plan.IsOrderly ? !direction.IsWhole : direction.Received.Count > direction.Sent.Count)
        {
            Report($"Bytes are missing or too many on {session}.");
        }

        Interlocked.Add(ref _bytesSent, direction.Sent.Count);
        Interlocked.Add(ref _bytesReceived, direction.Received.Count);
        Interlocked.Add(ref _bytesLost, direction.Sent.Count - direction.Received.Count);
    }

    private static SoakEvent EventOf(Ending ending) =>
        ending switch
        {
            Ending.Orderly => SoakEvent.Orderly,
            Ending.ClientAborts => SoakEvent.ClientAborted,
            Ending.ServerAborts => SoakEvent.ServerAborted,
            Ending.ClientCloses => SoakEvent.ClientClosed,
            _ => SoakEvent.ServerClosed,
        };
}
