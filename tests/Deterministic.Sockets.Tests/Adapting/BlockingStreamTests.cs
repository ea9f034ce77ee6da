using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Code that insists on synchronous streams works on real sockets.</summary>
public sealed class BlockingStreamTests : GuardedTest
{
    [Fact]
    public async Task Lines_go_to_and_fro_synchronously()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        Stream near = pair.Near.AsStream();
        Stream far = pair.Far.AsStream();
        Task answering = Task.Run(
            () =>
            {
                using StreamReader reader = new(far, leaveOpen: true);
                using StreamWriter writer = new(far, leaveOpen: true) { AutoFlush = true };
                while (reader.ReadLine() is { } line)
                {
                    writer.WriteLine($"you said {line}");
                }
            },
            Guard
        );
        await Task.Run(
                () =>
                {
                    using StreamReader reader = new(near, leaveOpen: true);
                    using StreamWriter writer = new(near, leaveOpen: true) { AutoFlush = true };
                    for (int i = 0; i < 100; i++)
                    {
                        writer.WriteLine(i);
                        reader.ReadLine().ShouldBe($"you said {i}");
                    }
                },
                Guard
            )
            .WaitAsync(Guard);
        pair.Near.Writer.WriteEof();
        await answering.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_read_that_times_out_says_so_and_loses_nothing()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        Stream near = pair.Near.AsStream();
        near.CanTimeout.ShouldBeTrue();
        near.ReadTimeout.ShouldBe(Timeout.Infinite);
        near.ReadTimeout = 20;
        ConnectionException error = await Task.Run(
                () => Should.Throw<ConnectionException>(() => near.ReadByte()),
                Guard
            )
            .WaitAsync(Guard);
        error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        error.Message.ShouldContain("20 ms");
        near.ReadTimeout = Timeout.Infinite;
        pair.Far.Writer.Write("a"u8);
        (await Task.Run(near.ReadByte, Guard).WaitAsync(Guard)).ShouldBe('a');
        Should.Throw<ArgumentOutOfRangeException>(() => near.ReadTimeout = 0);
        Should.Throw<ArgumentOutOfRangeException>(() => near.WriteTimeout = -2);
    }

    [Fact]
    public async Task A_write_to_a_peer_that_does_not_read_times_out()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        Stream near = pair.Near.AsStream();
        near.WriteTimeout = 20;
        byte[] piece = new byte[64 * 1024];
        await Task.Run(
                () =>
                {
                    ConnectionException error = Should.Throw<ConnectionException>(() =>
                    {
                        while (true)
                        {
                            near.Write(piece);
                        }
                    });
                    error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                },
                Guard
            )
            .WaitAsync(Guard);
        pair.Near.Writer.Buffered.ShouldBeLessThanOrEqualTo(WriteBufferLimits.DefaultHigh + piece.Length);
    }

    [Fact]
    public async Task A_synchronous_read_on_the_stack_that_brought_the_last_one_does_not_hang()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        Task<string> reading = Task.Run(
            async () =>
            {
                // The rest of this method runs on the stack of the driver, which is about to arm the next receive.
                byte[] first = await pair.Near.Reader.ReadLineAsync(Guard).ConfigureAwait(false);
                pair.Far.Writer.Write("second\n"u8);
                using StreamReader reader = new(pair.Near.AsStream(leaveOpen: true));
                return $"{first.Length} {reader.ReadLine()}";
            },
            Guard
        );
        await Task.Yield();
        pair.Far.Writer.Write("first\n"u8);
        (await reading.WaitAsync(Guard)).ShouldBe("6 second");
    }

    [Fact]
    public async Task A_thread_that_blocks_runs_no_code_of_the_program()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        pair.Near.Writer.Write(new byte[32 * 1024 * 1024]);
        Task<int> draining = DrainAndNoteThreadAsync(pair.Near.Writer);
        int blocked = 0;
        Thread thread = new(() =>
        {
            blocked = Environment.CurrentManagedThreadId;
            pair.Near.AsStream().ReadByte();
        })
        {
            IsBackground = true,
        };
        thread.Start();
        while (!thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
        {
            await Task.Yield();
        }

        draining.IsCompleted.ShouldBeFalse();
        await pair.Far.Reader.ReadExactlyAsync(32 * 1024 * 1024, Guard);
        (await draining).ShouldNotBe(blocked);
        pair.Far.Writer.Write("x"u8);
        await Task.Run(thread.Join, Guard).WaitAsync(Guard);

        async Task<int> DrainAndNoteThreadAsync(AsyncStreamWriter writer)
        {
            await writer.DrainAsync(Guard).ConfigureAwait(false);
            return Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public async Task The_end_of_the_stream_and_a_loss_are_as_in_asynchronous_reads()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        Stream near = pair.Near.AsStream();
        pair.Far.Writer.WriteEof();
        (await Task.Run(near.ReadByte, Guard).WaitAsync(Guard)).ShouldBe(-1);
        pair.Near.Writer.Write("unread"u8);
        Stream far = pair.Far.AsStream();
        pair.Near.Abort();
        await Task.Run(() => Should.Throw<IOException>(() => far.CopyTo(Stream.Null)), Guard).WaitAsync(Guard);
    }
}
