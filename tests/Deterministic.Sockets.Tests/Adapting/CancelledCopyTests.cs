using System.IO.Pipelines;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>A copy that is cancelled, again and again, delivers every byte once.</summary>
public sealed class CancelledCopyTests : GuardedTest
{
    /// <summary>More than the socket buffers of both connections hold, so that each attempt can wait for the reader at the end.</summary>
    private const int Total = 24_000_000;
    private const int Attempts = 12;

    public static TheoryData<string, string> Forms =>
        new()
        {
            { "stream", "stream" },
            { "stream", "pipe" },
            { "stream", "layer" },
            { "pipe", "stream" },
            { "pipe", "pipe" },
            { "pipe", "layer" },
            { "layer", "stream" },
            { "layer", "layer" },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_copy_that_is_cancelled_while_its_destination_waits_delivers_each_byte_once(
        string from,
        string to
    )
    {
        await using ConnectionPair source = await ConnectionPair.OpenAsync(Guard);
        await using ConnectionPair target = await ConnectionPair.OpenAsync(Guard);
        byte[] sent = Segments.Bytes(Total, seed: 3);
        source.Near.Writer.Write(sent);
        source.Near.Writer.WriteEof();
        Func<CancellationToken, Task> copyAsync = Copy(from, source.Far, to, target.Near);
        Random random = new(11);
        for (int i = 0; i < Attempts; i++)
        {
            await CopyAndCancelAsync(copyAsync, target.Near, random);
        }

        Task<byte[]> receiving = target.Far.Reader.ReadToEndAsync(Guard).AsTask();
        await copyAsync(Guard);
        target.Near.Writer.WriteEof();
        byte[] received = await receiving;
        received.Length.ShouldBe(Total);
        received.AsSpan().SequenceEqual(sent).ShouldBeTrue();
    }

    /// <summary>Cancels at a random point, or at the latest when the destination's queue is full.</summary>
    private async Task CopyAndCancelAsync(Func<CancellationToken, Task> copyAsync, Connection target, Random random)
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Guard);
        Task copying = copyAsync(source.Token);
        for (int turn = random.Next(200); turn > 0 || !target.Writer.IsPaused; turn--)
        {
            Guard.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(copying);
    }

    private static Func<CancellationToken, Task> Copy(string from, Connection source, string to, Connection target)
    {
        PipeWriter? writer = to == "pipe" ? target.AsDuplexPipe(leaveOpen: true).Output : null;
        Stream destination = to switch
        {
            "pipe" => writer!.AsStream(leaveOpen: true),
            "layer" => new DelegatedStream(target.AsStream(leaveOpen: true)),
            _ => target.AsStream(leaveOpen: true),
        };
        if (from == "pipe")
        {
            PipeReader reader = source.AsDuplexPipe(leaveOpen: true).Input;
            return token => writer is null ? reader.CopyToAsync(destination, token) : reader.CopyToAsync(writer, token);
        }

        Connection origin =
            from == "layer"
                ? Connection.FromStream(source.AsStream(leaveOpen: true), new StreamAdapterOptions { LeaveOpen = true })
                : source;
        Stream stream = origin.AsStream(leaveOpen: true);
        return token => stream.CopyToAsync(destination, token);
    }
}
