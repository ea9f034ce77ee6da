using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>One way to read, and a message for it that comes in two parts.</summary>
/// <param name="Name">What it is called in the names of cases.</param>
/// <param name="Beginning">What has come when the read is cancelled: not enough for it.</param>
/// <param name="Rest">What comes then.</param>
/// <param name="ReadAsync">Reads it.</param>
internal sealed record ReadForm(
    string Name,
    string Beginning,
    string Rest,
    Func<AsyncStreamReader, CancellationToken, ValueTask<byte[]>> ReadAsync
)
{
    /// <summary>Every kind of read but those to the end of the stream and those that skip.</summary>
    public static IReadOnlyList<ReadForm> All { get; } =
    [
        new("read", "", "hello", static (reader, token) => reader.ReadAsync(5, token)),
        new("read-filled", "", "hello", static (reader, token) => FillAsync(reader, 5, exactly: false, token)),
        new("read-borrowed", "", "hello", static (reader, token) => CopyAsync(reader.BorrowAsync(5, token))),
        new("read-line", "hel", "lo\n", static (reader, token) => reader.ReadLineAsync(token)),
        new("read-line-borrowed", "hel", "lo\n", static (reader, token) => CopyAsync(reader.BorrowLineAsync(token))),
        new("read-lines", "hel", "lo\n", FirstLineAsync),
        new("read-exactly", "abc", "defgh", static (reader, token) => reader.ReadExactlyAsync(8, token)),
        new(
            "read-exactly-filled",
            "abc",
            "defgh",
            static (reader, token) => FillAsync(reader, 8, exactly: true, token)
        ),
        new(
            "read-exactly-borrowed",
            "abc",
            "defgh",
            static (reader, token) => CopyAsync(reader.BorrowExactlyAsync(8, token))
        ),
        new("read-until", "head\r\n\r", "\n", static (reader, token) => reader.ReadUntilAsync("\r\n\r\n"u8, token)),
        new(
            "read-until-borrowed",
            "head\r\n\r",
            "\n",
            static (reader, token) => CopyAsync(reader.BorrowUntilAsync("\r\n\r\n"u8, token))
        ),
        new(
            "read-until-any",
            "either o",
            "r",
            static (reader, token) =>
                reader.ReadUntilAsync(SeparatorSet.Create(Payload.Text("and"), Payload.Text("or")), token)
        ),
    ];

    private static async ValueTask<byte[]> FillAsync(
        AsyncStreamReader reader,
        int count,
        bool exactly,
        CancellationToken token
    )
    {
        byte[] buffer = new byte[count];
        if (exactly)
        {
            await reader.ReadExactlyAsync(buffer, token);
            return buffer;
        }

        return buffer[..await reader.ReadAsync(buffer, token)];
    }

    private static async ValueTask<byte[]> CopyAsync(ValueTask<ReadOnlySequence<byte>> read) => (await read).ToArray();

    private static async ValueTask<byte[]> FirstLineAsync(AsyncStreamReader reader, CancellationToken token)
    {
        await foreach (byte[] line in reader.WithCancellation(token))
        {
            return line;
        }

        return [];
    }
}
