using System.Diagnostics;
using System.Net;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>One client thread's connections. Each has one message under way, and gets its next one when the reply is here.</summary>
/// <remarks>
/// The replies are waited for in the order of the connections. While the thread waits for one, the server has the messages of all others to work on,
/// so it is never idle for lack of load, and nobody needs to be asked which socket is ready.
/// </remarks>
internal sealed class EchoClient : IDisposable
{
    public const int MessageLength = 32;

    private readonly List<ClientSocket> _sockets = [];
    private readonly byte[] _message = new byte[MessageLength];
    private readonly byte[] _reply = new byte[MessageLength];

    public EchoClient(EndPoint server, int connections)
    {
        Random.Shared.NextBytes(_message);
        try
        {
            for (int i = 0; i < connections; i++)
            {
                ClientSocket socket = new(server);
                _sockets.Add(socket);
                // At the server's pace, so that its backlog does not overflow; and proves that somebody serves.
                socket.Send(_message);
                Receive(socket);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <returns>How many round trips there were.</returns>
    public long Run(TimeSpan length)
    {
        long end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        long trips = _sockets.Count;
        foreach (ClientSocket socket in _sockets)
        {
            socket.Send(_message);
        }

        while (Stopwatch.GetTimestamp() < end)
        {
            foreach (ClientSocket socket in _sockets)
            {
                Receive(socket);
                socket.Send(_message);
            }

            trips += _sockets.Count;
        }

        _sockets.ForEach(Receive);
        return trips;
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private void Receive(ClientSocket socket)
    {
        socket.ReceiveExactly(_reply);
        if (!_reply.AsSpan().SequenceEqual(_message))
        {
            throw new InvalidDataException("The server echoed something else.");
        }
    }
}
