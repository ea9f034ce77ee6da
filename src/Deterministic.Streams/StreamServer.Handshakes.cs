using Deterministic.Core;
using Deterministic.Streams.Serving;
using Deterministic.Streams.Timing;

namespace Deterministic.Streams;

/// <content>TLS handshakes of accepted connections: how many are under way, and which of them gives way to others.</content>
public sealed partial class StreamServer
{
    /// <summary>
    /// How long a handshake keeps its place when there is none for others. Two round trips and the work of two processors take far less, even over a satellite; and with the default of
    /// 1,000 handshakes an attacker that wants to keep others out must make 200 connections a second.
    /// </summary>
    private static readonly TimeSpan CrowdedHandshake = TimeSpan.FromSeconds(5);

    /// <summary>Guarded by the lock: when the oldest handshake may give way.</summary>
    private Deadline? _room;

    /// <summary>Makes the handshake, and then gets a place.</summary>
    /// <returns>Whether it is served now. If not, it was refused, or waits.</returns>
    private async Task<bool> IsAdmittedAsync(Session session, TlsServerOptions tls)
    {
        Connection connection = session.Connection;
        bool done = await ServerHandshake
            .SucceedsAsync(connection, tls, error => Report(session, error))
            .ConfigureAwait(true);
        SessionState state;
        lock (_gate)
        {
            if (done)
            {
                _connections.EndHandshake(session);
            }
            else
            {
                _connections.Refuse(session);
            }

            // On a closed server nothing waits: clause S-CLOSE-01.
            if (_state == ServerState.Closed && session.State == SessionState.Waiting)
            {
                _connections.Refuse(session);
            }

            state = session.State;
        }

        _throttle?.Update();
        if (state == SessionState.Refused)
        {
            connection.Abort();
        }
        else
        {
            WatchIdle(session);
        }

        return state == SessionState.Served;
    }

    /// <summary>While no more handshakes can begin, the oldest gives way once it has had its time. Clause C-MAX-02.</summary>
    private void MakeRoom()
    {
        while (TryMakeRoom()) { }
    }

    /// <returns>Whether one gave way.</returns>
    private bool TryMakeRoom()
    {
        Session? leaves = null;
        Deadline? wait = null;
        TimeSpan left = default;
        lock (_gate)
        {
            _room?.Stop();
            _room = null;
            if (_state != ServerState.Closed && _connections.AreHandshakesFull)
            {
                Session oldest = _connections.OldestHandshake!;
                left = CrowdedHandshake - _time.GetElapsedTime(oldest.Accepted);
                if (left > TimeSpan.Zero)
                {
                    wait = _room = new Deadline(_time, MakeRoom);
                }
                else
                {
                    leaves = oldest;
                    _connections.Refuse(oldest);
                }
            }
        }

        wait?.Start(left);
        if (leaves is null)
        {
            return false;
        }

        ConnectionException error = GaveWay();
        leaves.Connection.GiveUpHandshake(error);
        Report(leaves, error);
        _throttle?.Update();
        return true;
    }

    private void StopMakingRoom()
    {
        lock (_gate)
        {
            _room?.Stop();
            _room = null;
        }
    }

    private ConnectionException GaveWay() =>
        new(
            ConnectionErrorKind.TimedOut,
            $"The TLS handshake was not done within {CrowdedHandshake:c}, and {_options.MaxHandshakes} were under way (MaxHandshakes): it gave way to others. The connection was aborted."
        );
}
