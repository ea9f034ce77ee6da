using Deterministic.Simulation.Tcp;

namespace Deterministic.Simulation.Tests;

/// <summary>What holds for every endpoint of a TCP between any two steps of a world.</summary>
internal sealed class TcpInvariants
{
    private static readonly bool[,] Reachable = Closure();

    private readonly Dictionary<TcpEndpoint, Seen> _seen = [];
    private readonly List<TcpEndpoint> _gone = [];

    /// <summary>The states that endpoints were seen in, as bits.</summary>
    public int States { get; private set; }

    /// <exception cref="InvalidOperationException">One does not hold.</exception>
    public void Check(SimulatedHost host, TimeSpan now)
    {
        foreach (TcpEndpoint endpoint in host.Tcp.Endpoints)
        {
            if (!_seen.TryGetValue(endpoint, out Seen? seen))
            {
                _seen.Add(endpoint, seen = new Seen { State = endpoint.State });
            }

            Check(endpoint, seen, now);
        }
    }

    /// <summary>Endpoints that no host knows any more hold no timers, and stay closed.</summary>
    public void CheckGone()
    {
        _gone.Clear();
        foreach (TcpEndpoint endpoint in _seen.Keys)
        {
            if (endpoint.Host.Tcp.Find(endpoint.Flow.Key) != endpoint)
            {
                Hold(endpoint, endpoint.State == TcpState.Closed, "is forgotten, and not closed");
                Hold(endpoint, !endpoint.IsTimerArmed && !endpoint.IsLeaving, "is closed, and has a timer");
                _gone.Add(endpoint);
            }
        }

        foreach (TcpEndpoint endpoint in _gone)
        {
            _seen.Remove(endpoint);
        }
    }

    private void Check(TcpEndpoint endpoint, Seen seen, TimeSpan now)
    {
        TcpState state = endpoint.State;
        States |= 1 << (int)state;
        Hold(endpoint, Reachable[(int)seen.State, (int)state], "came here by no edge of the table");
        seen.State = state;

        // A client's endpoint exists for a moment before it connects.
        Hold(endpoint, state != TcpState.Closed || endpoint.Sender.Most == 0, "is closed, and not forgotten");
        CheckSequence(endpoint, seen);
        CheckState(endpoint);
        CheckTimer(endpoint, seen, now);
    }

    private static void CheckSequence(TcpEndpoint endpoint, Seen seen)
    {
        TcpSender sender = endpoint.Sender;
        TcpReceiver receiver = endpoint.Receiver;
        long end = sender.Written + 1;
        long last = sender.Fin is FinState.Sent or FinState.Acknowledged ? end + 1 : end;
        Hold(endpoint, sender.Unacknowledged <= sender.Next, "SND.UNA is above SND.NXT");
        Hold(endpoint, sender.Next <= sender.Most, "SND.NXT is above the highest number sent");
        Hold(endpoint, sender.Next <= last, "SND.NXT is behind what was written");
        Hold(endpoint, sender.Most <= end + (sender.Fin == FinState.None ? 0 : 1), "more was sent than written");
        Hold(endpoint, sender.Unacknowledged >= seen.Unacknowledged, "SND.UNA went back");
        Hold(endpoint, sender.Free >= 0, "the send buffer holds more than its size");
        Hold(endpoint, sender.Fin >= seen.Fin || IsSentAgain(seen.Fin, sender.Fin), "the FIN was taken back");
        Hold(endpoint, seen.Fin == FinState.None || end == seen.End, "written behind the FIN");
        Hold(endpoint, sender.Fin != FinState.Sent || sender.Next == end + 1, "FIN sent, and SND.NXT before it");
        Hold(
            endpoint,
            sender.Fin != FinState.Acknowledged || sender.Unacknowledged == end + 1,
            "FIN acknowledged, and SND.UNA before it"
        );
        Hold(endpoint, receiver.Next >= seen.Received, "RCV.NXT went back");
        Hold(endpoint, !seen.HasEnded || receiver.Next == seen.Received, "received behind the peer's FIN");
        Hold(endpoint, receiver.Unread <= receiver.Capacity, "the receive buffer holds more than its size");
        (seen.Unacknowledged, seen.Fin, seen.End) = (sender.Unacknowledged, sender.Fin, end);
        (seen.Received, seen.HasEnded) = (receiver.Next, receiver.HasEnded);
    }

    private static void CheckState(TcpEndpoint endpoint)
    {
        TcpSender sender = endpoint.Sender;
        bool holds = endpoint.State switch
        {
            TcpState.SynSent => sender is { Unacknowledged: 0, Most: 1, Fin: FinState.None },
            TcpState.SynReceived => sender is { Unacknowledged: 0, Most: 1, Fin: FinState.None or FinState.Queued },
            TcpState.Established or TcpState.CloseWait => sender is { Unacknowledged: >= 1, Fin: FinState.None },
            TcpState.FinWait1 or TcpState.Closing or TcpState.LastAck => sender
                is { Unacknowledged: >= 1, Fin: FinState.Queued or FinState.Sent },
            TcpState.FinWait2 or TcpState.TimeWait => sender is { Unacknowledged: >= 1, Fin: FinState.Acknowledged },
            _ => true,
        };
        Hold(endpoint, holds, "is in a state that its numbers do not allow");
        bool ended = endpoint.State is TcpState.CloseWait or TcpState.Closing or TcpState.LastAck or TcpState.TimeWait;
        Hold(
            endpoint,
            endpoint.State == TcpState.Closed || ended == endpoint.HasEnded,
            "has a FIN that its state denies"
        );
    }

    /// <summary>A tick that is due and waits for its turn is no longer armed: a timer, or a segment, that is missing counts once time goes on.</summary>
    private static void CheckTimer(TcpEndpoint endpoint, Seen seen, TimeSpan now)
    {
        TcpSender sender = endpoint.Sender;
        bool runs = endpoint.State is not (TcpState.Closed or TcpState.TimeWait);
        Hold(endpoint, !endpoint.IsTimerArmed || (runs && endpoint.NeedsTimer), "has a timer, and waits for nothing");
        bool missing =
            (runs && endpoint.NeedsTimer && !endpoint.IsTimerArmed)
            || (runs && sender.IsIdle && !endpoint.IsCoalescing)
            || (endpoint.State == TcpState.TimeWait && !endpoint.IsLeaving)
            || (endpoint is { State: TcpState.FinWait2, Ownership: TcpOwnership.Orphaned, IsLeaving: false });
        Hold(
            endpoint,
            !missing || seen.Missing is not { } since || since == now,
            "waits without a timer, or has something to send and room for it"
        );
        seen.Missing = missing ? seen.Missing ?? now : null;
    }

    /// <summary>Going back makes a FIN that was sent one that is to be sent.</summary>
    private static bool IsSentAgain(FinState before, FinState after) =>
        before == FinState.Sent && after == FinState.Queued;

    private static void Hold(TcpEndpoint endpoint, bool holds, string what)
    {
        if (!holds)
        {
            Fail(endpoint, what);
        }
    }

    public static string Describe(TcpEndpoint endpoint)
    {
        TcpSender sender = endpoint.Sender;
        return $"una {sender.Unacknowledged}, nxt {sender.Next}, most {sender.Most}, written {sender.Written}, window {sender.Window}, FIN {sender.Fin}; "
            + $"received up to {endpoint.Receiver.Next}, unread {endpoint.Unread}, ended {endpoint.HasEnded}; timer {endpoint.IsTimerArmed}, leaving {endpoint.IsLeaving}";
    }

    private static void Fail(TcpEndpoint endpoint, string what) =>
        throw new InvalidOperationException(
            $"{endpoint.Host.Name} #{endpoint.Flow.Id} ({endpoint.State}, {endpoint.Ownership}) {what}: {Describe(endpoint)}"
        );

    /// <summary>Several edges may be taken in one step.</summary>
    private static bool[,] Closure()
    {
        TcpState[] states = Enum.GetValues<TcpState>();
        bool[,] reachable = new bool[states.Length, states.Length];
        foreach (TcpState state in states)
        {
            Visit((int)state, (int)state);
        }

        // Connect and Answer are how an endpoint begins.
        reachable[(int)TcpState.Closed, (int)TcpState.SynSent] = true;
        reachable[(int)TcpState.Closed, (int)TcpState.SynReceived] = true;
        return reachable;

        void Visit(int from, int at)
        {
            if (!reachable[from, at])
            {
                reachable[from, at] = true;
                foreach (TcpInput input in Enum.GetValues<TcpInput>())
                {
                    Visit(from, (int)TcpTransitions.After((TcpState)at, input));
                }
            }
        }
    }

    private sealed class Seen
    {
        public TcpState State { get; set; }

        public long Unacknowledged { get; set; }

        public FinState Fin { get; set; }

        public long End { get; set; }

        public long Received { get; set; }

        public bool HasEnded { get; set; }

        /// <summary>Since when a timer is missing.</summary>
        public TimeSpan? Missing { get; set; }
    }
}
