using Deterministic.Examples.Usage;

namespace Deterministic.Examples.Tests;

public sealed class CommandLineTests
{
    [Fact(Timeout = Limits.Hang)]
    public async Task The_client_talks_to_the_server()
    {
        await using Outputs served = new();
        using CancellationTokenSource interrupt = new();
        Task<int> server = RunAsync(served, interrupt.Token, "echo-server", "--port", "0");
        string address = await FirstLineAsync(served, server);
        string port = address[(address.LastIndexOf(':') + 1)..];

        await using Outputs received = new();
        (await RunAsync(received, default, "echo-client", "x", "--port", port)).ShouldBe(0);
        received.Lines.ShouldContain("Received: 'x'");
        await interrupt.CancelAsync();
        await server.ShouldThrowAsync<OperationCanceledException>();
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_headers_of_the_HTTP_server_are_printed(bool tls)
    {
        string certificate = Path.GetTempFileName();
        await using Outputs served = new();
        using CancellationTokenSource interrupt = new();
        string[] serving = tls ? ["--tls", "--certificate", certificate] : [];
        Task<int> server = RunAsync(served, interrupt.Token, ["http-server", "--port", "0", .. serving]);
        string url = (await FirstLineAsync(served, server)).Replace("Serving on ", "", StringComparison.Ordinal);

        await using Outputs headers = new();
        string[] trusting = tls ? ["--trust", certificate] : [];
        (await RunAsync(headers, default, ["http-headers", url, .. trusting])).ShouldBe(0);
        headers.Lines[0].ShouldBe("HTTP header> HTTP/1.1 200 OK");
        await interrupt.CancelAsync();
        await server.ShouldThrowAsync<OperationCanceledException>();
        File.Delete(certificate);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task The_open_socket_has_data()
    {
        await using Outputs output = new();
        (await RunAsync(output, default, "open-socket")).ShouldBe(0);
        output.Lines.ShouldBe(["Received: abc"]);
    }

    [Theory]
    [InlineData("'ftp://host/' is no URL that begins with http:// or https://.", "http-headers", "ftp://host/")]
    [InlineData("'host' is no URL that begins with http:// or https://.", "http-headers", "host")]
    [InlineData("--port is 65536: it must be 0 to 65535.", "echo-server", "--port", "65536")]
    [InlineData("--port is 0: it must be 1 to 65535.", "echo-client", "--port", "0")]
    public void A_mistake_is_told_by_what_is_wrong_with_it(string message, params string[] arguments) =>
        ExamplesCommand
            .Create(TextWriter.Null)
            .Parse(arguments)
            .Errors.Select(error => error.Message)
            .ShouldBe([message]);

    private static Task<int> RunAsync(Outputs output, CancellationToken interrupt, params string[] arguments) =>
        ExamplesCommand
            .Create(output)
            .Parse(arguments)
            .InvokeAsync(new() { EnableDefaultExceptionHandler = false }, interrupt);

    private static async Task<string> FirstLineAsync(Outputs output, Task command)
    {
        while (output.Lines.Length == 0)
        {
            command.IsCompleted.ShouldBeFalse("The server has ended before it served.");
            await Task.Yield();
        }

        return output.Lines[0];
    }
}
