using Deterministic.Simulation.Transports;

namespace Deterministic.Simulation.Tcp;

/// <summary>
/// The sending half of one end: what the program wrote and the peer has not acknowledged. Number 0 is the SYN, data begin at 1.
/// Lost segments are sent again from the first one on (go-back-N): a receiver here keeps nothing that is out of order.
/// </summary>
/// <param name="capacity">Bytes that may be buffered, acknowledged ones not counted: SO_SNDBUF.</param>
internal sealed class TcpSender(int capacity)
{
    private readonly ByteRing _buffer = new();
    private RoundTripTimer _roundTrip = new();

    /// <summary>The number of the oldest buffered byte.</summary>
    private long _first = 1;

    /// <summary>SND.UNA.</summary>
    public long Unacknowledged { get; private set; }

    /// <summary>SND.NXT.</summary>
    public long Next { get; private set; }

    /// <summary>The highest <see cref="Next"/> so far; going back lowers that, not this.</summary>
    public long Most { get; private set; }

    /// <summary>SND.WND, in bytes from <see cref="Unacknowledged"/> on.</summary>
    public int Window { get; private set; }

    public FinState Fin { get; private set; }

    /// <summary>When the peer last acknowledged something new, or was first sent something with nothing else under way.</summary>
    public TimeSpan LastProgress { get; private set; }

    public int Free => capacity - _buffer.Count;

    /// <summary>Whether a full segment, or the end, waits to be sent.</summary>
    public bool HasFull(int segment) => DataEnd - Next >= segment || Fin == FinState.Queued;

    /// <summary>How many bytes were written so far.</summary>
    public long Written => DataEnd - 1;

    /// <summary>Whether all that was written has left at least once.</summary>
    public bool HasSentAll => Most >= DataEnd;

    public bool HasInFlight => Next > Unacknowledged;

    public TimeSpan Timeout => _roundTrip.Timeout;

    /// <summary>Whether there is something to send and no room for any of it at the peer.</summary>
    public bool IsBlocked => !HasInFlight && Window == 0 && (DataEnd > Next || Fin == FinState.Queued);

    /// <summary>Whether there is something to send and room for some of it, and nothing is under way: never between two steps, unless a fault keeps it back.</summary>
    public bool IsIdle => !HasInFlight && Window > 0 && (DataEnd > Next || Fin == FinState.Queued);

    private long DataEnd => _first + _buffer.Count;

    /// <summary>Takes what there is room for.</summary>
    /// <returns>How many bytes that is.</returns>
    public int Write(ReadOnlySpan<byte> data)
    {
        int count = Math.Min(data.Length, Free);
        _buffer.Append(data[..count]);
        return count;
    }

    /// <summary>Ends the half behind what is buffered. Idempotent.</summary>
    public void WriteFin()
    {
        if (Fin == FinState.None)
        {
            Fin = FinState.Queued;
        }
    }

    /// <summary>The SYN leaves, or leaves again.</summary>
    public void SendSyn(TimeSpan now)
    {
        Next = 1;
        if (Most == 0)
        {
            Most = 1;
            LastProgress = now;
            _roundTrip.Sent(1, now);
        }
    }

    /// <summary>What may leave next.</summary>
    /// <param name="largest">The most data for one segment.</param>
    /// <param name="noDelay">Whether a small segment may leave while others are under way: TCP_NODELAY.</param>
    /// <param name="fin">Whether our half ends with it.</param>
    /// <returns>How many bytes of data; 0 with no <paramref name="fin"/> for nothing.</returns>
    public int NextSegment(int largest, bool noDelay, out bool fin)
    {
        int left = (int)Math.Max(0, DataEnd - Next);
        int room = (int)Math.Clamp(Unacknowledged + Window - Next, 0, int.MaxValue);
        int count = Math.Min(left, Math.Min(room, largest));

        // The sender's part of avoiding silly windows (RFC 9293, 3.8.6.2.1), and Nagle's algorithm: a small segment that is not the last waits its turn.
        bool small = count < largest && (count < left || !noDelay);
        count = small && HasInFlight ? 0 : count;
        fin = count == left && Fin == FinState.Queued && (room > left || left == 0);
        return count;
    }

    /// <summary>Copies the data of the next segment and counts it, and the FIN if there is one, as sent.</summary>
    public void Take(Span<byte> data, bool fin, TimeSpan now)
    {
        // What goes back leaves fewer than the most: only what is new begins the peer's time to answer.
        if (!HasInFlight && Next == Most)
        {
            LastProgress = now;
        }

        _buffer.CopyTo((int)(Next - _first), data);
        Next += data.Length + (fin ? 1 : 0);
        Fin = fin ? FinState.Sent : Fin;
        if (Next > Most)
        {
            Most = Next;
            _roundTrip.Sent(Next, now);
        }
    }

    /// <summary>An acknowledgement arrives.</summary>
    /// <returns>Whether it acknowledges anything new.</returns>
    public bool Acknowledge(long acknowledgement, int window, TimeSpan now)
    {
        if (acknowledgement < Unacknowledged || acknowledgement > Most)
        {
            return false;
        }

        Window = window;
        if (acknowledgement == Unacknowledged)
        {
            return false;
        }

        int acknowledged = (int)Math.Min(Math.Max(0, acknowledgement - _first), _buffer.Count);
        _buffer.Drop(acknowledged);
        _first += acknowledged;
        Unacknowledged = acknowledgement;
        Next = Math.Max(Next, acknowledgement);
        LastProgress = now;
        _roundTrip.Acknowledged(acknowledgement, now);
        if (Fin is FinState.Sent or FinState.Queued && acknowledgement > DataEnd)
        {
            Fin = FinState.Acknowledged;
        }

        return true;
    }

    /// <summary>Nothing was acknowledged in time: all that is under way counts as lost.</summary>
    public void GoBack()
    {
        _roundTrip.RanOut();
        Next = Unacknowledged;
        Fin = Fin == FinState.Sent ? FinState.Queued : Fin;
    }

    /// <summary>The peer's window stays closed: the next question comes later.</summary>
    public void BackOff() => _roundTrip.RanOut();

    /// <summary>Nothing will be sent any more.</summary>
    public void Clear()
    {
        _buffer.Clear();
        _first = Next = Unacknowledged = Most;
    }
}
