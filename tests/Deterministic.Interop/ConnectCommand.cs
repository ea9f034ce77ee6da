using System.Buffers;
using System.CommandLine;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Interop;

/// <summary><c>connect</c>: sends standard input, ends its half, and prints what comes back.</summary>
internal static class ConnectCommand
{
    private const int PieceSize = 64 * 1024;

    public static Command Create()
    {
        Argument<string> address = new("ADDRESS") { Description = "tcp:ADDRESS:PORT or unix:PATH" };
        Option<long?> expect = new("--expect")
        {
            Description = "Closes after so many bytes came back; else when the server ends its half",
        };
        Option<string?> tls = new("--tls")
        {
            HelpName = "CERTIFICATE",
            Description = "Speaks TLS, and trusts this one only",
        };
        Option<string> name = new("--name")
        {
            Description = "Whose certificate it must be",
            DefaultValueFactory = _ => "localhost",
        };
        Option<bool> startTls = new("--starttls") { Description = "Speaks TLS after a dialogue of SMTP's kind" };
        Command command = new("connect", "Sends standard input and prints what comes back")
        {
            address,
            expect,
            tls,
            name,
            startTls,
        };
        command.SetAction(async parsed =>
        {
            TlsClientOptions? securing = parsed.GetValue(tls) is { } certificate
                ? TlsFiles.Trust(certificate, parsed.GetRequiredValue(name))
                : null;
            bool later = parsed.GetValue(startTls);
            Connection connection = await SocketNetwork.Default.OpenConnectionAsync(
                Address.Parse(parsed.GetRequiredValue(address)),
                new ClientOptions { Tls = later ? null : securing }
            );
            if (later)
            {
                await SmtpDialogue.AskAsync(connection);
                await connection.StartTlsAsync(securing!);
            }

            await TalkAsync(connection, parsed.GetValue(expect) ?? long.MaxValue);
        });
        return command;
    }

    private static async Task TalkAsync(Connection connection, long expect)
    {
        Task sending = SendAsync(connection.Writer);
        // First this one: what the server has to say about the end is more than what became of the rest.
        await ReceiveAsync(connection.Reader, expect);
        await sending;
        connection.Writer.Close();
        await connection.Writer.WaitClosedAsync();
    }

    private static async Task SendAsync(AsyncStreamWriter writer)
    {
        // Elsewhere: reading standard input blocks.
        await Task.Yield();
        await using Stream input = Console.OpenStandardInput();
        byte[] piece = new byte[PieceSize];
        while (await input.ReadAsync(piece) is > 0 and int count)
        {
            writer.Write(piece.AsSpan(0, count));
            await writer.DrainAsync();
        }

        if (writer.CanWriteEof)
        {
            writer.WriteEof();
        }
    }

    private static async Task ReceiveAsync(AsyncStreamReader reader, long left)
    {
        await using Stream output = Console.OpenStandardOutput();
        while (left > 0 && await reader.BorrowAsync(PieceSize) is { IsEmpty: false } data)
        {
            left -= data.Length;
            foreach (ReadOnlyMemory<byte> piece in data)
            {
                await output.WriteAsync(piece);
            }
        }
    }
}
