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
        Command command = new("serve", "Serves echoes until standard input ends") { address, expect };
        command.SetAction(parsed =>
            ServeAsync(Address.Parse(parsed.GetRequiredValue(address)), parsed.GetValue(expect) ?? long.MaxValue)
        );
        return command;
    }

    private static async Task ServeAsync(EndPoint address, long expect)
    {
        ServerOptions options = new()
        {
            OnError = error => Console.Error.WriteLine($"FAILED {Failures.Describe(error)}"),
        };
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            (reader, writer) => EchoAsync(reader, writer, expect),
            address,
            options
        );
        await Console.Out.WriteLineAsync($"READY {Address.Show(server.EndPoints[0])}");
        while (await Console.In.ReadLineAsync() is not null) { }
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
