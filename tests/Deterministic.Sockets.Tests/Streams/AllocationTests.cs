using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

[Collection(Alone.Name)]
public sealed class AllocationTests : GuardedTest
{
    /// <summary>Enough that one object for each, or for every tenth, shows.</summary>
    private const int RoundTrips = 5_000;

    /// <summary>Before its code is optimised the runtime allocates what it does not afterwards, and it takes its time: the steady state is reached within these turns, or never.</summary>
    private const int MostTurns = 30;

    // Nothing is allocated for an operation. What remains is the runtime's: the thread pool's queue segments and the like.
    private const double MostBytesEach = 16;

#if DEBUG
    // Without optimisation the compiler makes the state of each asynchronous method an object, and TLS goes through some at each end: 1,378 bytes were measured.
    private const double MostBytesEachOverTls = 2048;
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
        double bound = overTls ? MostBytesEachOverTls : MostBytesEach;
        double each = double.PositiveInfinity;
        for (int turn = 0; turn < MostTurns && each >= bound; turn++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await ConverseAsync(connection, data, RoundTrips);
            each = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / RoundTrips;
        }

        each.ShouldBeLessThan(bound);
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
