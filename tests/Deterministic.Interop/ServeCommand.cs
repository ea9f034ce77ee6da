using System.CommandLine;
using System.Net;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Interop;

/// <summary><c>serve</c>: an echo server. Prints where it serves, and lives until its standard input ends.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Argument<string> address = new("ADDRESS") { Description = "tcp:ADDRESS:PORT or unix:PATH" };
        Option<long?> expect = new("--expect")
        {
            Description = "Closes each connection after so many bytes; else when the client ends its half",
        };
        Option<string[]> tls = new("--tls")
        {
            HelpName = "CERTIFICATE KEY",
            Description = "Speaks TLS",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> startTls = new("--starttls") { Description = "Speaks TLS after a dialogue: smtp or xmpp" };
        Command command = new("serve", "Serves echoes until standard input ends") { address, expect, tls, startTls };
        command.SetAction(parsed =>
            ServeAsync(
                Address.Parse(parsed.GetRequiredValue(address)),
                parsed.GetValue(expect) ?? long.MaxValue,
                parsed.GetValue(tls) is [_, _] files ? TlsFiles.Serve(files) : null,
                parsed.GetValue(startTls)
            )
        );
        return command;
    }

    private static async Task ServeAsync(EndPoint address, long expect, TlsServerOptions? tls, string? startTls)
    {
        ServerOptions options = new()
        {
            Tls = startTls is null ? tls : null,
            OnError = error => Console.Error.WriteLine($"FAILED {Failures.Describe(error)}"),
        };
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(HandleAsync, address, options);
        await Console.Out.WriteLineAsync($"READY {Address.Show(server.EndPoints[0])}");
        while (await Console.In.ReadLineAsync() is not null) { }

        async Task HandleAsync(Connection connection)
        {
            if (startTls is not null)
            {
                await (startTls == "xmpp" ? XmppDialogue.GreetAsync(connection) : SmtpDialogue.GreetAsync(connection));
                await connection.StartTlsAsync(tls!);
            }

            await EchoAsync(connection.Reader, connection.Writer, expect);
        }
    }

    private static async Task EchoAsync(AsyncStreamReader reader, AsyncStreamWriter writer, long left)
    {
        while (left > 0 && await reader.BorrowAsync(reader.Limit) is { IsEmpty: false } data)
        {
            left -= data.Length;
            writer.Write(data);
            await writer.DrainAsync();
        }
    }
}
