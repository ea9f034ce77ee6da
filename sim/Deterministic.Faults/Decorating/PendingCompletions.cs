using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <summary>Results that the program waits for and was not told yet: worked out under a lock, and told without it.</summary>
internal sealed class PendingCompletions
{
    public TransportResult? Receive { get; set; }

    public TransportResult? Send { get; set; }

    public TransportResult? Close { get; set; }

    public bool Any => Receive is not null || Send is not null || Close is not null;

    /// <summary>All that is owed; nothing is owed any more.</summary>
    public PendingCompletions Take()
    {
        PendingCompletions taken = new()
        {
            Receive = Receive,
            Send = Send,
            Close = Close,
        };
        Receive = Send = Close = null;
        return taken;
    }

    /// <summary>Hands them to the program, which may call back: without the lock.</summary>
    public void Notify(ITransportHandler handler)
    {
        if (Receive is { } received)
        {
            handler.ReceiveCompleted(received);
        }

        if (Send is { } sent)
        {
            handler.SendCompleted(sent);
        }

        if (Close is { } closed)
        {
            handler.CloseCompleted(closed);
        }
    }
}
