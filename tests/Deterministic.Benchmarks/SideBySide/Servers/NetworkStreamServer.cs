using System.Net.Sockets;
using System.Text;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>What most .NET programs are written with.</summary>
internal static class NetworkStreamServer
{
    private const int BufferLength = 4096;

    public static Task<RunningServer> StartEchoAsync() =>
        SocketServer.StartAsync(async socket =>
        {
            await using NetworkStream stream = new(socket);
            byte[] buffer = new byte[BufferLength];
            while (await stream.ReadAsync(buffer) is > 0 and int count)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count));
            }
        });

    /// <summary>With the reader that turns every line into a string: not the same work, but what people do.</summary>
    public static Task<RunningServer> StartLinesAsync() =>
        SocketServer.StartAsync(async socket =>
        {
            await using NetworkStream stream = new(socket);
            using StreamReader reader = new(stream, Encoding.UTF8);
            long lines = 0;
            while (await reader.ReadLineAsync() is not null)
            {
                lines++;
            }

            await stream.WriteAsync(LineCount.ToReply(lines));
        });
}
