using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

[Collection(Alone.Name)]
public sealed class AllocationTests : GuardedTest
{
    private const int RoundTrips = 20_000;

    // Nothing is allocated for an operation. What remains is the runtime's: the thread pool's queue segments and the like.
    private const double MostBytesEach = 16;

#if DEBUG
    // Without optimisation the compiler makes the state of each asynchronous method an object, and TLS goes through some.
    private const double MostBytesEachOverTls = 1024;
#else
    private const double MostBytesEachOverTls = MostBytesEach;
#endif

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_echo_in_steady_state_allocates_nothing_for_each_round_trip(bool overTls)
    {
        ServerOptions serving = new() { Tls = overTls ? TlsLoopback.Server with { AllowHalfClose = true } : null };
        await using StreamServer server = await EchoServer.StartAsync(Guard, serving);
        await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(
            server.Address(),
            overTls ? TlsLoopback.Client : null,
            Guard
        );
        byte[] data = new byte[32];
        await ConverseAsync(connection, data, RoundTrips / 10);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await ConverseAsync(connection, data, RoundTrips);
        double each = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / RoundTrips;
        each.ShouldBeLessThan(overTls ? MostBytesEachOverTls : MostBytesEach);
    }

    private static async Task ConverseAsync(Connection connection, byte[] data, int roundTrips)
    {
        for (int i = 0; i < roundTrips; i++)
        {
            connection.Writer.Write(data);
            await connection.Reader.BorrowExactlyAsync(data.Length);
        }
    }
}
