using System.Buffers;
using System.Net;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>This library, as its README would have a user write it.</summary>
internal static class OurServer
{
    /// <summary>As much as the peers read at once.</summary>
    private const int MaxBytes = 4096;

    public static Task<RunningServer> StartEchoAsync() =>
        StartAsync(
            async (reader, writer) =>
            {
                while (await reader.BorrowAsync(MaxBytes) is { IsEmpty: false } data)
                {
                    writer.Write(data);
                    await writer.DrainAsync();
                }
            }
        );

    /// <summary>All lines that have arrived at a time, as a loop over a PipeReader takes them.</summary>
    public static Task<RunningServer> StartLinesAsync() =>
        StartAsync(
            async (reader, writer) =>
            {
                long lines = 0;
                while (await reader.BorrowLinesAsync() is { IsEmpty: false } batch)
                {
                    foreach (ReadOnlySequence<byte> line in batch)
                    {
                        lines++;
                    }
                }

                writer.Write(LineCount.ToReply(lines));
                await writer.DrainAsync();
            }
        );

    /// <summary>One await for each line.</summary>
    public static Task<RunningServer> StartLineByLineAsync() =>
        StartAsync(
            async (reader, writer) =>
            {
                long lines = 0;
                while (await reader.BorrowLineAsync() is { IsEmpty: false })
                {
                    lines++;
                }

                writer.Write(LineCount.ToReply(lines));
                await writer.DrainAsync();
            }
        );

    private static async Task<RunningServer> StartAsync(Func<AsyncStreamReader, AsyncStreamWriter, Task> handler)
    {
        StreamServer server = await SocketNetwork.Default.StartServerAsync(handler, IPAddress.Loopback.ToString());
        return new RunningServer(server.EndPoints[0], server.DisposeAsync);
    }
}
