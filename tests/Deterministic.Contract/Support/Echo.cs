using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>A server that sends back what it gets, to the end of the stream.</summary>
internal static class Echo
{
    public static ValueTask<StreamServer> StartAsync(ContractWorld world) => world.ServeAsync(ServeAsync);

    public static async Task ServeAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        try
        {
            while (true)
            {
                ReadOnlySequence<byte> data = await reader.BorrowAsync(reader.Limit);
                if (data.IsEmpty)
                {
                    return;
                }

                writer.Write(data);
                await writer.DrainAsync();
            }
        }
        catch (ConnectionException)
        {
            // The client is gone, as it may.
        }
    }

    /// <summary>Says a word and hears it back.</summary>
    public static async Task CheckAsync(Connection connection, string word)
    {
        byte[] sent = Payload.Text(word);
        connection.Writer.Write(sent);
        await connection.Writer.DrainAsync();
        Check.SameBytes(sent, await connection.Reader.ReadExactlyAsync(sent.Length), "the echo");
    }
}
