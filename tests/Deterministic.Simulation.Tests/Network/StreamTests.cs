using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

public sealed class StreamTests
{
    private static readonly FaultProfile Cuts = FaultProfiles.Hostile.Without(FaultKind.Reset, FaultKind.Refused) with
    {
        Name = "cuts",
    };

    [Fact]
    public void Bytes_arrive_whole_and_in_order_however_the_network_cuts_stalls_and_blocks()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            Talk.Between(
                async (world, client, server) =>
                {
                    byte[] sent = new byte[world.Random.Next(1, 8000)];
                    world.Random.NextBytes(sent);
                    Task<byte[]> receiving = server.Reader.ReadToEndAsync().AsTask();
                    for (int start = 0; start < sent.Length; )
                    {
                        int length = Math.Min(world.Random.Next(1, 900), sent.Length - start);
                        client.Writer.Write(sent.AsSpan(start, length));
                        start += length;
                        await client.Writer.DrainAsync();
                    }

                    client.Writer.WriteEof();
                    (await receiving).ShouldBe(sent);
                },
                Cuts,
                seed
            );
        }
    }

    [Fact]
    public void Half_close_ends_one_direction_and_leaves_the_other()
    {
        Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.WriteEof();
                (await server.Reader.ReadToEndAsync()).ShouldBeEmpty();
                server.Writer.Write("still here\n"u8);
                Talk.Text(await client.Reader.ReadLineAsync()).ShouldBe("still here\n");
                client.Reader.AtEof.ShouldBeFalse();
            }
        );
    }

    [Fact]
    public void Close_delivers_everything_queued_before_the_end()
    {
        FaultProfile narrow = Talk.Calm with { Name = "narrow", WindowBytes = 100 };
        Talk.Between(
            async (_, client, server) =>
            {
                byte[] sent = new byte[5000];
                Random(sent);
                client.Writer.Write(sent);
                client.Writer.Buffered.ShouldBe(4900);
                client.Writer.Close();
                (await server.Reader.ReadToEndAsync()).ShouldBe(sent);
                await client.Writer.WaitClosedAsync();
            },
            narrow
        );
    }

    [Fact]
    public void A_writer_whose_peer_does_not_read_is_held_at_the_watermarks()
    {
        FaultProfile narrow = Talk.Calm with { Name = "narrow", WindowBytes = 1000 };
        Talk.Between(
            async (world, client, server) =>
            {
                // The server's reader takes twice its limit, the window and the send buffer take their own, the queue goes up to the high watermark: then drain waits.
                byte[] piece = new byte[16 * 1024];
                int written = 0;
                Task drained = Task.CompletedTask;
                while (drained.IsCompleted)
                {
                    client.Writer.Write(piece);
                    written += piece.Length;
                    await Task.Delay(TimeSpan.FromMinutes(1), world.TimeProvider);
                    drained = client.Writer.DrainAsync().AsTask();
                }

                long held = server.Reader.Buffered + client.Writer.Buffered + (2 * 1000);
                written.ShouldBeLessThanOrEqualTo((int)held);
                server.Reader.Buffered.ShouldBeInRange(
                    2 * server.Reader.Limit,
                    (2 * server.Reader.Limit) + (64 * 1024)
                );
                client.Writer.Buffered.ShouldBeInRange(64 * 1024, (64 * 1024) + piece.Length);

                (await server.Reader.ReadExactlyAsync(written)).Length.ShouldBe(written);
                await drained;
            },
            narrow
        );
    }

    [Fact]
    public void Bytes_that_arrive_after_a_close_are_answered_with_a_reset()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                // More than reader and window hold, so that the client still has some to send when the server closes.
                client.Writer.Write(new byte[8 * server.Reader.Limit]);
                await Task.Delay(TimeSpan.FromMinutes(1), world.TimeProvider);
                server.Writer.Close();
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    client.Writer.WaitClosedAsync().AsTask()
                );
                // By the time of the reset the server's end of file has come, unless the reset has overtaken it.
                error.Kind.ShouldBeOneOf(ConnectionErrorKind.BrokenPipe, ConnectionErrorKind.Reset);
            }
        );
    }

    [Fact]
    public void Unread_bytes_do_not_cost_the_peer_our_last_words()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                // Exactly what makes the server's reader pause, and some that it then leaves in the network.
                client.Writer.Write(new byte[(2 * server.Reader.Limit) + 1]);
                await Task.Delay(TimeSpan.FromMinutes(1), world.TimeProvider);
                client.Writer.Write(new byte[100]);
                await Task.Delay(TimeSpan.FromMinutes(1), world.TimeProvider);
                server.Writer.Write("last words"u8);
                server.Writer.Close();
                Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe("last words");
            }
        );
    }

    [Fact]
    public void A_peer_that_has_closed_answers_more_bytes_with_a_reset()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                server.Writer.Close();
                (await client.Reader.ReadToEndAsync()).ShouldBeEmpty();
                client.Writer.Write("too late"u8);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                // The end of the stream was received, so nobody looks for the reset until the next write.
                client.Writer.Write("again"u8);
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    client.Writer.WaitClosedAsync().AsTask()
                );
                error.Kind.ShouldBe(ConnectionErrorKind.BrokenPipe);
            }
        );
    }

    [Fact]
    public void An_abort_resets_the_peer_after_what_was_already_under_way()
    {
        Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write("last words"u8);
                client.Abort();
                Talk.Text(await server.Reader.ReadAsync(100)).ShouldBe("last words");
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    server.Reader.ReadAsync(100).AsTask()
                );
                error.Kind.ShouldBe(ConnectionErrorKind.Reset);
                (await client.Reader.ReadAsync(1)).ShouldBeEmpty();
            }
        );
    }

    [Fact]
    public void Both_ends_know_each_other_by_address()
    {
        Talk.Between(
            (world, client, server) =>
            {
                client.LocalEndPoint.ShouldBe(server.RemoteEndPoint);
                client.RemoteEndPoint.ShouldBe(server.LocalEndPoint);
                client.RemoteEndPoint!.ToString().ShouldBe($"{world.Host("server").Address}:49152");
                return Task.CompletedTask;
            }
        );
    }

    private static void Random(byte[] buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)(i * 31 / 7);
        }
    }
}
