namespace Deterministic.Examples.Tests;

public sealed class OpenSocketTests
{
    [Fact(Timeout = Limits.Hang)]
    public async Task Data_comes_out_of_a_socket_that_was_open_already()
    {
        await using Outputs output = new();
        await OpenSocket.WaitForDataAsync(output);
        output.Lines.ShouldBe(["Received: abc"]);
    }
}
