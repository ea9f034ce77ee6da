using System.Text.RegularExpressions;

namespace Deterministic.Streams.Tests;

public partial class ConcurrentWritersTests
{
    private const int Writers = 4;
    private const int Messages = 400;

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1000)]
    public void Writers_on_several_threads_never_interleave_and_none_is_lost(long credit)
    {
        Wire wire = new();
        wire.Transport.Limit(credit);
        Thread[] writers = [.. Enumerable.Range(0, Writers).Select(writer => new Thread(() => WriteAll(wire, writer)))];
        foreach (Thread thread in writers)
        {
            thread.Start();
        }

        // The driver: takes what comes in small steps while the writers are at it, and then the rest.
        while (writers.Any(writer => writer.IsAlive))
        {
            wire.Transport.Accept(credit == long.MaxValue ? 0 : 777);
            Thread.Yield();
        }

        while (wire.Writer.Buffered > 0)
        {
            wire.Transport.Accept(100_000);
        }

        List<string>[] got =
        [
            [],
            [],
            [],
            [],
        ];
        int end = 0;
        foreach (Match message in Message().Matches(wire.Transport.Sent))
        {
            message.Index.ShouldBe(end, "something lies between the messages");
            end += message.Length;
            got[int.Parse(message.Groups["writer"].ValueSpan, provider: null)].Add(message.Value);
        }

        end.ShouldBe(wire.Transport.Sent.Length);
        for (int writer = 0; writer < Writers; writer++)
        {
            got[writer].ShouldBe(Enumerable.Range(0, Messages).Select(number => MessageOf(writer, number)));
        }
    }

    private static void WriteAll(Wire wire, int writer)
    {
        for (int number = 0; number < Messages; number++)
        {
            string message = MessageOf(writer, number);
            string[] halves = [message[..(message.Length / 2)], message[(message.Length / 2)..]];
            switch (number % 3)
            {
                case 0:
                    wire.Write(message);
                    break;
                case 1:
                    wire.Writer.WriteLines(Bytes.Pieces(halves));
                    break;
                default:
                    wire.Writer.Write(Bytes.Sequence(halves));
                    break;
            }
        }
    }

    private static string MessageOf(int writer, int number) =>
        $"<{writer}:{number}:{new string('x', number * 37 % 500)}>";

    [GeneratedRegex("<(?<writer>[0-9]+):[0-9]+:x*>", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Message();
}
