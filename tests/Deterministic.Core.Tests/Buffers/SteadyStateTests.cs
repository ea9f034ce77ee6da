using System.Buffers;

namespace Deterministic.Core.Tests;

public class SteadyStateTests
{
    /// <summary>Enough rounds that a segment has filled up and given way to the next.</summary>
    private const int Warm = 1000;
    private const int Rounds = 2000;

    [Fact]
    public void Receiving_and_reading_allocate_nothing()
    {
        ReaderMachine reader = new(pool: new StackPool());
        AllocatedBy(() =>
            {
                "a line\nanother"u8.CopyTo(reader.Reserve().Span);
                reader.Received(14);
                reader.Begin(ReadRequest.Line).Status.ShouldBeCompleted();
                reader.Begin(ReadRequest.Exactly(7)).Status.ShouldBeCompleted();
            })
            .ShouldBe(0);
    }

    [Fact]
    public void Waiting_reads_allocate_nothing()
    {
        ReaderMachine reader = new(pool: new StackPool());
        AllocatedBy(() =>
            {
                _ = reader.Begin(ReadRequest.Line);
                reader.Reserve().Span[0] = (byte)'\n';
                reader.Received(1);
                reader.TryComplete(out ReadOutcome outcome);
                outcome.Status.ShouldBeCompleted();
            })
            .ShouldBe(0);
    }

    [Fact]
    public void Receiving_ahead_of_the_reader_over_many_segments_allocates_nothing()
    {
        ReaderMachine reader = new(pool: new StackPool());
        AllocatedBy(() =>
            {
                for (int i = 0; i < 3; i++)
                {
                    reader.Received(Math.Min(4096, reader.Reserve().Length));
                }

                reader.Begin(ReadRequest.Exactly(reader.Buffered - 1)).Status.ShouldBeCompleted();
            })
            .ShouldBe(0);
    }

    [Fact]
    public void Writing_and_sending_allocate_nothing()
    {
        WriterMachine writer = new(WriteBufferLimits.Default, new StackPool());
        AllocatedBy(() =>
            {
                writer.Write("hello"u8);
                writer.TryBeginSend(out ReadOnlySequence<byte> data);
                writer.Sent(data.Length);
            })
            .ShouldBe(0);
    }

    private static long AllocatedBy(Action round)
    {
        for (int i = 0; i < Warm; i++)
        {
            round();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            round();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
