using System.IO.Pipelines;
using System.Net.Sockets;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>System.IO.Pipelines over a socket, in the two ways that it is done: adapters over a stream, and a pair of pipes that loops fill and drain.</summary>
internal static class PipelinesServer
{
    /// <summary>The default of 4 KiB costs a bulk transfer sixteen times the system calls.</summary>
    private static readonly StreamPipeReaderOptions Bulk = new(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024);

    public static Task<RunningServer> StartEchoOverStreamAsync() =>
        SocketServer.StartAsync(async socket =>
        {
            await using NetworkStream stream = new(socket);
            await PipeHandlers.EchoAsync(PipeReader.Create(stream), PipeWriter.Create(stream));
        });

    public static Task<RunningServer> StartEchoOverPipesAsync() =>
        SocketServer.StartAsync(socket => SocketPipes.RunAsync(socket, PipeHandlers.EchoAsync));

    public static Task<RunningServer> StartLinesOverStreamAsync() =>
        SocketServer.StartAsync(async socket =>
        {
            await using NetworkStream stream = new(socket);
            await PipeHandlers.CountLinesAsync(PipeReader.Create(stream, Bulk), PipeWriter.Create(stream));
        });

    public static Task<RunningServer> StartLinesOverPipesAsync() =>
        SocketServer.StartAsync(socket => SocketPipes.RunAsync(socket, PipeHandlers.CountLinesAsync));
}
