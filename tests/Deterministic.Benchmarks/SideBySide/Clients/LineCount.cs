using System.Buffers.Binary;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>The server's answer to the end of the lines: how many it counted. So a server that loses one is not fast but wrong.</summary>
internal static class LineCount
{
    public const int ReplyLength = sizeof(long);

    public static byte[] ToReply(long lines)
    {
        byte[] reply = new byte[ReplyLength];
        BinaryPrimitives.WriteInt64LittleEndian(reply, lines);
        return reply;
    }

    public static long FromReply(ReadOnlySpan<byte> reply) => BinaryPrimitives.ReadInt64LittleEndian(reply);
}
