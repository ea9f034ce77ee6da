using System.IO.Pipelines;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>The end of a stream, losses, closes and aborts are the same at the far side of an adapter.</summary>
public sealed class PassingThroughTests
{
    public static TheoryData<string> Adapters => ["s", "p", "ss", "sp", "ps", "pp"];

    [Theory]
    [MemberData(nameof(Adapters))]
    public void The_end_of_one_half_passes_through_and_leaves_the_other(string layers)
    {
        Talk.Between(
            async (_, client, server) =>
            {
                Connection near = client.Under(layers);
                near.Writer.CanWriteEof.ShouldBeTrue();
                near.Writer.Write("question"u8);
                near.Writer.WriteEof();
                Talk.Text(await server.Reader.ReadToEndAsync()).ShouldBe("question");
                server.Writer.Write("answer"u8);
                server.Writer.WriteEof();
                Talk.Text(await near.Reader.ReadToEndAsync()).ShouldBe("answer");
                await near.DisposeAsync();
                await client.Writer.WaitClosedAsync();
            }
        );
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public void A_close_flushes_first_and_closes_what_lies_beneath(string layers)
    {
        Talk.Between(
            async (_, client, server) =>
            {
                Connection near = client.Under(layers);
                near.Writer.Write(new byte[100_000]);
                near.Writer.Close();
                (await server.Reader.ReadToEndAsync()).Length.ShouldBe(100_000);
                await near.Writer.WaitClosedAsync();
                await client.Writer.WaitClosedAsync();
                (await near.Reader.ReadAsync(1)).ShouldBeEmpty();
            },
            Talk.Calm with
            {
                Name = "narrow",
                WindowBytes = 1000,
            }
        );
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public void A_reset_by_the_peer_is_the_same_error_in_reads_drains_and_the_wait_for_the_close(string layers)
    {
        Talk.Between(
            async (_, client, server) =>
            {
                Connection near = client.Under(layers);
                Task<byte[]> reading = near.Reader.ReadAsync(1).AsTask();
                server.Abort();
                (await Talk.FailureOfAsync<ConnectionException>(reading)).Kind.ShouldBe(ConnectionErrorKind.Reset);
                (await Talk.FailureOfAsync<ConnectionException>(near.Writer.DrainAsync().AsTask())).Kind.ShouldBe(
                    ConnectionErrorKind.Reset
                );
                (await Talk.FailureOfAsync<ConnectionException>(near.Writer.WaitClosedAsync().AsTask())).Kind.ShouldBe(
                    ConnectionErrorKind.Reset
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public void An_abort_resets_the_peer(string layers)
    {
        Talk.Between(
            async (_, client, server) =>
            {
                Connection near = client.Under(layers);
                Task<byte[]> reading = server.Reader.ReadAsync(1).AsTask();
                near.Abort();
                (await Talk.FailureOfAsync<ConnectionException>(reading)).Kind.ShouldBe(ConnectionErrorKind.Reset);
                await near.DisposeAsync();
            }
        );
    }

    [Fact]
    public void A_stream_and_a_pipe_throw_what_the_connection_was_lost_with()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                Stream stream = client.AsStream();
                IDuplexPipe pipe = client.AsDuplexPipe();
                server.Abort();
                ConnectionException loss = await Talk.FailureOfAsync<ConnectionException>(
                    stream.ReadAsync(new byte[1]).AsTask()
                );
                loss.Kind.ShouldBe(ConnectionErrorKind.Reset);
                Task[] others =
                [
                    stream.ReadAsync(Memory<byte>.Empty).AsTask(),
                    stream.WriteAsync(new byte[1]).AsTask(),
                    stream.FlushAsync(),
                    stream.CopyToAsync(Stream.Null),
                    pipe.Input.ReadAsync().AsTask(),
                    pipe.Output.WriteAsync(new byte[1]).AsTask(),
                ];
                foreach (Task other in others)
                {
                    (await Talk.FailureOfAsync<ConnectionException>(other)).ShouldBeSameAs(loss);
                }
            }
        );
    }

    [Theory]
    [InlineData("s")]
    [InlineData("p")]
    public void Addresses_of_a_connection_beneath_a_stream_are_known_and_those_given_count_more(string layer)
    {
        Talk.Between(
            async (_, client, _) =>
            {
                Connection near = client.Under(layer);
                near.RemoteEndPoint.ShouldBe(layer == "s" ? client.RemoteEndPoint : null);
                near.LocalEndPoint.ShouldBe(layer == "s" ? client.LocalEndPoint : null);
                await near.DisposeAsync();
            }
        );
    }
}
