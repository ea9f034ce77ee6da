using System.Buffers;

namespace Deterministic.Core.Tests;

/// <summary>A vocabulary for tests of the writer.</summary>
internal static class WriterTalk
{
    public static void Write(this WriterMachine writer, string text) => writer.Write(Bytes.Of(text));

    /// <summary>What the driver may send now, or null. A send that was given must be answered.</summary>
    public static string? Send(this WriterMachine writer) =>
        writer.TryBeginSend(out ReadOnlySequence<byte> data) ? Bytes.Text(data) : null;

    /// <summary>Queues so many bytes behind a transport that takes none.</summary>
    public static void Queue(this WriterMachine writer, int count)
    {
        writer.Write(new byte[count]);
        writer.Blocked();
    }

    /// <summary>Has the transport take so many bytes of the queue.</summary>
    public static void Take(this WriterMachine writer, int count)
    {
        writer.TryBeginSend(out _).ShouldBeTrue();
        writer.Sent(count);
    }
}
