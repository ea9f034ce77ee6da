using System.IO.Pipelines;
using System.Net.Sockets;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>System.IO.Pipelines over a socket, by the adapters that come with it.</summary>
/// <remarks>The other way, a pair of pipes that loops fill from the socket and drain into it, was measured beside this one, with inline schedulers: it was no faster.</remarks>
internal static class PipelinesServer
{
    /// <summary>The default of 4 KiB costs a bulk transfer sixteen times the system calls.</summary>
    private static readonly StreamPipeReaderOptions Bulk = new(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024);

    public static Task<RunningServer> StartEchoAsync() =>
        SocketServer.StartAsync(async socket =>
        {
            await using NetworkStream stream = new(socket);
            await PipeHandlers.EchoAsync(PipeReader.Create(stream), PipeWriter.Create(stream));
        });

    public static Task<RunningServer> StartLinesAsync() =>
        SocketServer.StartAsync(async socket =>
        {
            await using NetworkStream stream = new(socket);
            await PipeHandlers.CountLinesAsync(PipeReader.Create(stream, Bulk), PipeWriter.Create(stream));
        });
}
