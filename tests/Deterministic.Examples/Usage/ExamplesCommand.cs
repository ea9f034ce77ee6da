using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Examples.Usage;

/// <summary>The command line: one command for each example.</summary>
internal static class ExamplesCommand
{
    public static RootCommand Create(TextWriter output) =>
        new("The examples of asyncio's documentation, over this library, on real sockets.")
        {
            CreateEchoServer(output),
            CreateEchoClient(output),
            CreateHttpHeaders(output),
            CreateOpenSocket(output),
            HttpServerCommand.Create(output),
        };

    private static Command CreateEchoServer(TextWriter output)
    {
        Option<string> host = Options.Host();
        Option<int> port = Options.Port(defaultPort: 8888, leastPort: 0);
        Command command = new("echo-server", "Sends the first message of each client back, until Control-C")
        {
            host,
            port,
        };
        command.SetAction(
            async (parsed, interrupt) =>
            {
                await using StreamServer server = await EchoServer.StartAsync(
                    SocketNetwork.Default,
                    parsed.GetRequiredValue(host),
                    parsed.GetValue(port),
                    output
                );
                await server.ServeForeverAsync(interrupt);
            }
        );
        return command;
    }

    private static Command CreateEchoClient(TextWriter output)
    {
        Option<string> host = Options.Host();
        Option<int> port = Options.Port(defaultPort: 8888, leastPort: 1);
        Argument<string> message = new("MESSAGE")
        {
            Description = "What to send",
            DefaultValueFactory = _ => "Hello World!",
        };
        Command command = new("echo-client", "Sends a message to an echo server and prints what comes back")
        {
            message,
            host,
            port,
        };
        command.SetAction(
            (parsed, _) =>
                EchoClient.RunAsync(
                    SocketNetwork.Default,
                    parsed.GetRequiredValue(host),
                    parsed.GetValue(port),
                    parsed.GetRequiredValue(message),
                    output
                )
        );
        return command;
    }

    private static Command CreateHttpHeaders(TextWriter output)
    {
        Argument<Uri> url = new("URL")
        {
            Description = "Such as https://example.com/path",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
                {
                    return url;
                }

                result.AddError($"'{text}' is no URL that begins with http:// or https://.");
                return null;
            },
        };
        Option<string?> trust = new("--trust")
        {
            HelpName = "FILE",
            Description = "A certificate in PEM, the only one that is trusted",
        };
        Command command = new("http-headers", "Prints the HTTP headers of a URL") { url, trust };
        command.SetAction(
            (parsed, _) =>
                HttpHeaders.PrintAsync(
                    SocketNetwork.Default,
                    parsed.GetRequiredValue(url),
                    output,
                    parsed.GetValue(trust) is { } file
                        ? SelfMadeCertificate.Trust(X509CertificateLoader.LoadCertificateFromFile(file))
                        : null
                )
        );
        return command;
    }

    private static Command CreateOpenSocket(TextWriter output)
    {
        Command command = new("open-socket", "Waits for data on a socket that is connected already");
        command.SetAction((_, _) => OpenSocket.WaitForDataAsync(output));
        return command;
    }
}
