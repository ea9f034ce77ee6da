using System.Net;
using System.Net.Sockets;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>The usual accept loop, for the peers that come without one.</summary>
internal static class SocketServer
{
    private const int Backlog = 512;

    /// <param name="handler">Runs once for each connection, which is closed afterwards.</param>
    public static Task<RunningServer> StartAsync(Func<Socket, Task> handler)
    {
        TcpListener listener = new(IPAddress.Loopback, port: 0);
        listener.Start(Backlog);
        Task accepting = AcceptAsync(listener, handler);
        return Task.FromResult(new RunningServer(listener.LocalEndpoint, StopAsync));

        async ValueTask StopAsync()
        {
            listener.Stop();
            await accepting;
        }
    }

    private static async Task AcceptAsync(TcpListener listener, Func<Socket, Task> handler)
    {
        try
        {
            while (true)
            {
                Socket socket = await listener.AcceptSocketAsync();
                socket.NoDelay = true;
                _ = ServeAsync(socket, handler);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static async Task ServeAsync(Socket socket, Func<Socket, Task> handler)
    {
        using (socket)
        {
            try
            {
                await handler(socket);
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                // The client hears of it: its connection ends before its turn does.
            }
        }
    }
}
