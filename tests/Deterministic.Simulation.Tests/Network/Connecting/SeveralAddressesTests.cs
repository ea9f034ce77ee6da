using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>
/// Connecting to a name of several addresses, some of which never answer, refuse, or lead nowhere. An address is written as a letter: <c>s</c> is silent, <c>r</c> refuses,
/// <c>n</c> is no host's, <c>+</c> answers.
/// </summary>
public sealed class SeveralAddressesTests
{
    private const int Port = 80;

    /// <summary>What an answer takes at most.</summary>
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(50);

    /// <summary>Addresses, the delay of the race in ms (-1: the default; 0 to 9999; null: one at a time), the time-out in ms, and when it must be connected.</summary>
    [Clause("C-OPEN-06", "C-OPEN-09", "C-OPEN-12")]
    [Theory]
    [InlineData("s+", -1, null, 250)]
    [InlineData("s+", -1, 5_000, 250)]
    [InlineData("sr+", -1, 5_000, 250)]
    [InlineData("ssss+", -1, 5_000, 1_000)]
    [InlineData("rn+", -1, 5_000, 0)]
    [InlineData("s+", -1, 300, 150)] // Too little time for the whole delay: an equal share.
    [InlineData("ss+", -1, 300, 200)]
    [InlineData("s+", 2_000, 1_000, 500)]
    [InlineData("s+", null, 5_000, 2_500)] // One at a time, each for its share,
    [InlineData("ss+", null, 6_000, 4_000)]
    [InlineData("rs+", null, 6_000, 3_000)] // of what is left.
    [InlineData("r+", null, null, 0)]
    public void An_address_that_does_not_answer_leaves_the_others_their_time(
        string addresses,
        int? delay,
        int? timeout,
        int connected
    )
    {
        Talk.Alone(async world =>
        {
            await using StreamServer server = await GiveAsync(world, addresses);
            DateTimeOffset begin = world.Host("client").TimeProvider.GetUtcNow();
            await using Connection connection = await world
                .Host("client")
                .OpenConnectionAsync("service", Port, Options(delay, timeout));
            TimeSpan took = world.Host("client").TimeProvider.GetUtcNow() - begin;
            took.ShouldBeInRange(TimeSpan.FromMilliseconds(connected), TimeSpan.FromMilliseconds(connected) + Way);
            connection.RemoteEndPoint.ShouldBe(new IPEndPoint(world.Host("server").Address, Port));
        });
    }

    [Clause("C-OPEN-07", "C-OPEN-12")]
    [Theory]
    [InlineData("s", -1, 5_000, "s0: no answer after 5 s")]
    [InlineData("sss", -1, 600, "s0: no answer after 0.6 s; s1: no answer after 0.4 s; s2: no answer after 0.2 s")]
    [InlineData("ss", null, 5_000, "s0: no answer after 2.5 s; s1: no answer after 2.5 s")]
    [InlineData("rss", null, 5_000, "r0: Connection refused")]
    [InlineData("nss", -1, 5_000, "n0: No route to")]
    public void A_time_out_lists_every_address_and_what_became_of_it(
        string addresses,
        int? delay,
        int timeout,
        string listed
    )
    {
        Talk.Alone(async world =>
        {
            await using StreamServer server = await GiveAsync(world, addresses);
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                world.Host("client").OpenConnectionAsync("service", Port, Options(delay, timeout)).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
            error.Message.ShouldContain("service:80");
            for (int number = 0; number < addresses.Length; number++)
            {
                EndPoint address = new IPEndPoint(AddressOf(world, addresses[number], number), Port);
                listed = listed.Replace($"{addresses[number]}{number}:", $"{address}:", StringComparison.Ordinal);
                error.Message.ShouldContain($"{address}: ");
            }

            error.Message.ShouldContain(listed);
            world.Host("client").Tcp.Count.ShouldBe(0, "nothing is left of the attempts");
        });
    }

    /// <summary>A name with more addresses than there is time for, tried at an interval that the program asks for.</summary>
    [Clause("C-OPEN-12")]
    [Fact]
    public void Without_a_time_out_the_network_gives_up_and_each_address_is_named()
    {
        Talk.Alone(async world =>
        {
            await using StreamServer server = await GiveAsync(world, "sr");
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                world.Host("client").OpenConnectionAsync("service", Port).AsTask()
            );
            error.Message.ShouldContain("s0:80");
            error.Message.ShouldContain("r1:80");
        });
    }

    private static ClientOptions Options(int? delay, int? timeout)
    {
        TimeSpan? limit = timeout is { } most ? TimeSpan.FromMilliseconds(most) : null;
        return delay == -1
            ? new ClientOptions { ConnectTimeout = limit }
            : new ClientOptions
            {
                ConnectTimeout = limit,
                HappyEyeballsDelay = delay is { } span ? TimeSpan.FromMilliseconds(span) : null,
            };
    }

    private static ValueTask<StreamServer> GiveAsync(SimulatedWorld world, string addresses)
    {
        SimulatedHost client = world.Host("client");
        for (int number = 0; number < addresses.Length; number++)
        {
            if (addresses[number] == 's')
            {
                world.Link(client, world.Host($"s{number}")).Partition();
            }
        }

        world.AddName("service", [.. addresses.Select((kind, number) => AddressOf(world, kind, number))]);
        return world.Host("server").StartServerAsync(_ => Task.CompletedTask, port: Port);
    }

    private static IPAddress AddressOf(SimulatedWorld world, char kind, int number) =>
        kind switch
        {
            'n' => new IPAddress([192, 0, 2, (byte)(number + 1)]),
            '+' => world.Host("server").Address,
            _ => world.Host($"{kind}{number}").Address,
        };
}
