using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tests;

/// <summary>The race of addresses runs inside the simulation, on virtual time and without leaving its thread. Clause C-OPEN-09.</summary>
public sealed class RaceTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    [Clause("C-OPEN-09")]
    [Fact]
    public void An_address_that_does_not_answer_costs_the_delay_and_one_that_refuses_nothing()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = world.Host("client");
            await using StreamServer server = await StartAsync(world);
            DateTimeOffset start = client.TimeProvider.GetUtcNow();
            await using Connection winner = Connection.Attach(
                await RaceAsync(client, default, "silent", "refusing", "server")
            );
            TimeSpan took = client.TimeProvider.GetUtcNow() - start;
            took.ShouldBeInRange(Delay, Delay * 2);
            winner.RemoteEndPoint.ShouldBe(server.EndPoints[0]);
        });
    }

    [Clause("C-OPEN-09", "C-OPEN-12")]
    [Fact]
    public void The_program_can_cancel_it()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost client = world.Host("client");
            await using StreamServer server = await StartAsync(world);
            using CancellationTokenSource source = new();
            Task<Transport> race = RaceAsync(client, source.Token, "server", "refusing").AsTask();
            source.Cancel();
            OperationCanceledException error = await Talk.FailureOfAsync<OperationCanceledException>(race);
            error.CancellationToken.ShouldBe(source.Token);
        });
    }

    [Clause("C-OPEN-07")]
    [Fact]
    public void When_nobody_answers_all_are_named()
    {
        Talk.Alone(async world =>
        {
            world.Host("one");
            world.Host("two");
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                RaceAsync(world.Host("client"), default, "one", "two").AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.Refused);
            error.Message.ShouldContain("one:80");
            error.Message.ShouldContain("two:80");
        });
    }

    private static ValueTask<StreamServer> StartAsync(SimulatedWorld world)
    {
        world.Host("refusing");
        return world.Host("server").StartServerAsync((_, _) => Task.CompletedTask, port: 80);
    }

    private static ValueTask<Transport> RaceAsync(
        SimulatedHost client,
        CancellationToken cancellationToken,
        params string[] names
    ) =>
        HappyEyeballs.ConnectAsync(
            names,
            new ClientOptions { HappyEyeballsDelay = Delay },
            (name, token) => ConnectAsync(client, name, token),
            static late => late.Abort(),
            client.TimeProvider,
            cancellationToken
        );

    private static async ValueTask<Transport> ConnectAsync(SimulatedHost client, string name, CancellationToken token)
    {
        if (string.Equals(name, "silent", StringComparison.Ordinal))
        {
            // Given up by the race, on a stack of the world's; Task.Delay would end on the thread pool.
            TaskCompletionSource<Transport> never = new();
            token.UnsafeRegister(_ => never.TrySetCanceled(token), null);
            return await never.Task.ConfigureAwait(false);
        }

        return await client.ConnectAsync(new DnsEndPoint(name, 80), ClientOptions.Default, token).ConfigureAwait(false);
    }
}
