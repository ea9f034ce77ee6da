using Deterministic.Sockets;

namespace Deterministic.Examples.Tests;

public sealed class HttpHeadersTests
{
    [Fact]
    public async Task The_headers_of_a_page_of_Kestrel_are_printed()
    {
        await using WebServer server = await WebServer.StartAsync();
        await using Outputs output = new();
        await HttpHeaders.PrintAsync(SocketNetwork.Default, new Uri(server.Url, "/page?a=b"), output);
        ShouldBeHeadersOfThePage(output);
    }

    private static void ShouldBeHeadersOfThePage(Outputs output)
    {
        output.Lines[0].ShouldBe("HTTP header> HTTP/1.1 200 OK");
        output.Lines.ShouldContain("HTTP header> Server: Kestrel");
        output.Lines.ShouldContain("HTTP header> X-Query: ?a=b");
        output.Lines.ShouldAllBe(line => line.StartsWith("HTTP header> ", StringComparison.Ordinal));
    }
}
