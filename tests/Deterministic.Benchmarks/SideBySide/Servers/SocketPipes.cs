using System.IO.Pipelines;
using System.Net.Sockets;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>A socket as two pipes: one loop fills the first from the socket, another drains the second into it.</summary>
/// <remarks>Every continuation runs inline. Hops over the thread pool, the default, cost this peer a quarter of its speed here.</remarks>
internal static class SocketPipes
{
    /// <summary>What a receive is given at least; segments are larger, so that bulk comes in few system calls.</summary>
    private const int LeastReceive = 4 * 1024;
    private const int SegmentLength = 64 * 1024;

    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        minimumSegmentSize: SegmentLength,
        pauseWriterThreshold: 1024 * 1024,
        resumeWriterThreshold: 512 * 1024,
        useSynchronizationContext: false
    );

    public static async Task RunAsync(Socket socket, Func<PipeReader, PipeWriter, Task> handler)
    {
        Pipe input = new(Inline);
        Pipe output = new(Inline);
        Task filling = FillAsync(socket, input.Writer);
        Task draining = DrainAsync(socket, output.Reader);
        await handler(input.Reader, output.Writer);
        await filling;
        await draining;
    }

    private static async Task FillAsync(Socket socket, PipeWriter writer)
    {
        while (await socket.ReceiveAsync(writer.GetMemory(LeastReceive)) is > 0 and int count)
        {
            writer.Advance(count);
            if ((await writer.FlushAsync()).IsCompleted)
            {
                break;
            }
        }

        await writer.CompleteAsync();
    }

    private static async Task DrainAsync(Socket socket, PipeReader reader)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            foreach (ReadOnlyMemory<byte> segment in result.Buffer)
            {
                await socket.SendAsync(segment);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await reader.CompleteAsync();
    }
}
