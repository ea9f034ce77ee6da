using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

public sealed class UnreferencedServerTests : GuardedTest
{
    [Clause("C-SRV-08")]
    [Fact]
    public async Task A_server_that_nobody_refers_to_goes_on_serving()
    {
        EndPoint address = await ServeAndForgetAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(address, null, Guard);
        connection.Writer.Write("hello\n"u8);
        Encoding.UTF8.GetString(await connection.Reader.ReadToEndAsync(Guard)).ShouldBe("hello\n");
    }

    /// <summary>In a method of its own, so that no local of the test keeps the server. Its only client closes it, through a reference that only the server has.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<EndPoint> ServeAndForgetAsync()
    {
        CancellationToken guard = Guard;
        StreamServer? server = null;
        server = await SocketNetwork.Default.StartServerAsync(
            async (reader, writer) =>
            {
                writer.Write(await reader.ReadLineAsync(guard));
                server!.Close();
            },
            "127.0.0.1",
            cancellationToken: guard
        );
        return server.Address();
    }
}
