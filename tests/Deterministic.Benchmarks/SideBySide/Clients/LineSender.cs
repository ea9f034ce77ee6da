using System.Diagnostics;
using System.Net;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>Sends lines over a connection of its own, in large blocks, for as long as a turn takes; then has the server say how many it counted.</summary>
internal static class LineSender
{
    public const int LineLength = 64;

    private const int LinesPerBlock = 1024;

    private static readonly byte[] Block = MakeBlock();

    /// <returns>How many lines went through. The last of them was counted when this returns.</returns>
    public static long Run(EndPoint server, TimeSpan length)
    {
        Processors.UseForClient(client: 0);
        using ClientSocket socket = new(server);
        long end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        long sent = 0;
        while (Stopwatch.GetTimestamp() < end)
        {
            socket.Send(Block);
            sent += LinesPerBlock;
        }

        socket.EndSending();
        byte[] reply = new byte[LineCount.ReplyLength];
        socket.ReceiveExactly(reply);
        return LineCount.FromReply(reply) is var counted && counted == sent
            ? sent
            : throw new InvalidDataException($"Of {sent} lines the server counted {counted}.");
    }

    private static byte[] MakeBlock()
    {
        byte[] block = new byte[LineLength * LinesPerBlock];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = (byte)(i % LineLength == LineLength - 1 ? '\n' : 'a' + (i % 26));
        }

        return block;
    }
}
