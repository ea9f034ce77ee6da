using System.Net.Sockets;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>The ceiling of the line row: receives, and looks at nothing.</summary>
internal static class RawReceiveServer
{
    private const int BufferLength = 64 * 1024;

    public static Task<RunningServer> StartAsync() =>
        SocketServer.StartAsync(async socket =>
        {
            byte[] buffer = new byte[BufferLength];
            long bytes = 0;
            while (await socket.ReceiveAsync(buffer) is > 0 and int count)
            {
                bytes += count;
            }

            await socket.SendAsync(LineCount.ToReply(bytes / LineSender.LineLength));
        });
}
