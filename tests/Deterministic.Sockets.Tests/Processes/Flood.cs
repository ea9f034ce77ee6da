using System.Net;
using System.Net.Sockets;

namespace Deterministic.Sockets.Tests;

/// <summary>Writes for as long as it lives.</summary>
internal static class Flood
{
    public static void Run(EndPoint server)
    {
        using Socket socket = Loopback.Connect(server);
        while (true)
        {
            socket.Send(Pattern.From(0));
        }
    }
}
