using System.Net;
using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>How a decorated network knows who is at the other end.</summary>
public sealed class DecoratedNamesTests
{
    [Fact]
    public void A_decorated_server_is_known_by_its_address_for_as_long_as_it_listens()
    {
        SimulatedWorld world = new(1);
        FaultyNetwork client = new(
            world.Host("client"),
            Calm.With(Fault.Refused().On("client", "server").Nth(3)),
            1,
            "client"
        );
        world
            .Run(async () =>
            {
                IPAddress address = world.Host("server").Address;
                StreamServer server = await client
                    .ForHost("server", world.Host("server"))
                    .StartServerAsync((_, _) => Task.CompletedTask, $"{address}", 80);
                for (int number = 1; number <= 2; number++)
                {
                    await using Connection connection = await client.OpenConnectionAsync($"{address}", 80);
                    (await connection.Reader.ReadToEndAsync()).ShouldBeEmpty();
                    await world.SleepAsync(1);
                }

                await World.ThrowsAsync<IOException>(client.OpenConnectionAsync($"{address}", 80).AsTask());
                await server.DisposeAsync();
            })
            .ThrowIfNotCompleted();
    }

    [Fact]
    public void Hosts_of_the_same_faults_count_together()
    {
        List<InjectedFault> struck = [];
        SimulatedWorld world = new(1);
        FaultyNetwork one = new(world.Host("one"), Calm.With(Fault.Refused().AtMost(2)), seed: 1, "one");
        one.OnStruck = struck.Add;
        FaultyNetwork two = one.ForHost("two", world.Host("two"));
        world
            .Run(async () =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync((_, _) => Task.CompletedTask, port: 80);
                await World.ThrowsAsync<IOException>(one.OpenConnectionAsync("server", 80).AsTask());
                await World.ThrowsAsync<IOException>(two.OpenConnectionAsync("server", 80).AsTask());
                await using Connection third = await one.OpenConnectionAsync("server", 80);
            })
            .ThrowIfNotCompleted();
        struck.Select(fault => fault.ToString()).ShouldBe(["refused, one to server", "refused, two to server"]);
        struck.Select(fault => fault.Connection).ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("database", true)]
    [InlineData("DATABASE", true)]
    [InlineData("server", false)]
    public void The_caller_may_say_what_an_end_point_is_called(string name, bool strikes)
    {
        SimulatedWorld world = new(1);
        FaultyNetwork faulty = new(
            world.Host("client"),
            Calm.With(Fault.Unreachable().At(name)),
            seed: 1,
            "client",
            remote => remote is DnsEndPoint { Port: 80 } ? "database" : null
        );
        bool struck = false;
        world
            .Run(async () =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync((_, _) => Task.CompletedTask, port: 80);
                try
                {
                    await using Connection connection = await faulty.OpenConnectionAsync("server", 80);
                }
                catch (IOException)
                {
                    struck = true;
                }
            })
            .ThrowIfNotCompleted();
        struck.ShouldBe(strikes);
    }

    [Fact]
    public void An_address_is_a_name_too()
    {
        Decorated.Alone(
            async (world, faulty) =>
            {
                IPAddress address = world.Host("server").Address;
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync((_, _) => Task.CompletedTask, port: 80);
                await World.ThrowsAsync<IOException>(faulty.OpenConnectionAsync($"{address}", 80).AsTask());
                await using Connection connection = await faulty.OpenConnectionAsync("server", 80);
            },
            Fault.Refused().At($"{ServerAddress()}")
        );

        static IPAddress ServerAddress()
        {
            SimulatedWorld world = new(1);
            world.Host("client");
            return world.Host("server").Address;
        }
    }
}
