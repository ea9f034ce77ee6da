using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Deterministic.Core.Tests;

/// <summary>A random lifecycle of a reader: what the driver and the user do to it.</summary>
public sealed record ReaderScript(int Limit, ReaderStep[] Steps)
{
    /// <summary>Prepared once, so that calls share them and a search can go on where another stopped. They overlap and contain one another.</summary>
    private static readonly SeparatorSet[] Separators =
    [
        SeparatorSet.LineFeed,
        SeparatorSet.CrLf,
        Bytes.Separators("--"),
        Bytes.Separators("aab"),
        Bytes.Separators("a-a-b"),
        Bytes.Separators("\r\n", "\n"),
        Bytes.Separators("\r", "\r\n"),
        Bytes.Separators("aba-", "ba"),
        Bytes.Separators("-a", "a", "b--"),
    ];

    /// <summary>Of all byte values, and of lengths and numbers around what a byte can count.</summary>
    private static readonly SeparatorSet[] WideSeparators =
    [
        SeparatorSet.Create([.. Counting(0, 256), 255]),
        SeparatorSet.Create(Counting(0, 256)),
        SeparatorSet.Create(Counting(0, 256).Select(value => (ReadOnlyMemory<byte>)new[] { value })),
        SeparatorSet.Create(Counting(0, 256).Select(value => (ReadOnlyMemory<byte>)new[] { value, (byte)(value + 1) })),
        SeparatorSet.Create([.. Enumerable.Repeat((byte)255, 127), 0]),
        SeparatorSet.Create(Counting(10, 255), new byte[] { 0, 1, 3 }, new byte[] { 254, 255, 0, 1 }),
        SeparatorSet.Create(new byte[] { 0 }),
    ];

    private static readonly Gen<string> WideData = Gen.Frequency(
        (
            4,
            Gen.Choose(0, 255)
                .SelectMany(first => Gen.Choose(1, 260).Select(count => Bytes.Text(Counting(first, count))))
        ),
        (2, Gen.Choose(1, 130).Select(count => new string('\u00FF', count))),
        (2, Gen.Choose(0, 255).Select(value => ((char)value).ToString()))
    );

    private static readonly Gen<ReaderStep> WideStep = Gen.Frequency(
        (6, WideData.Select(data => new ReaderStep(ReaderStepKind.Feed, data))),
        (3, WideData.Select(data => new ReaderStep(ReaderStepKind.Receive, data))),
        (
            8,
            Gen.Elements(WideSeparators)
                .Select(set => new ReaderStep(ReaderStepKind.Call, Request: ReadRequest.Until(set)))
        ),
        (
            3,
            Gen.Elements(WideSeparators)
                .Select(set => new ReaderStep(ReaderStepKind.Call, Request: ReadRequest.Skip(set)))
        ),
        (4, Gen.Choose(0, 300).Select(count => new ReaderStep(ReaderStepKind.Call, Request: ReadRequest.Read(count)))),
        (4, Gen.Constant(new ReaderStep(ReaderStepKind.Cancel)))
    );

    private static readonly Gen<string> Data = Gen.Elements('a', 'b', '-', '\r', '\n')
        .NonEmptyListOf()
        .Resize(9)
        .Select(letters => string.Concat(letters));

    private static readonly Gen<ReadRequest> Request = Gen.Frequency(
        (4, Gen.Choose(-1, 12).Select(count => ReadRequest.Read(count))),
        (3, Gen.Choose(0, 30).Select(count => ReadRequest.Exactly(count))),
        (3, Gen.Constant(ReadRequest.Line)),
        (2, Gen.Constant(ReadRequest.Lines)),
        (6, Gen.Elements(Separators).Select(ReadRequest.Until)),
        (2, Gen.Elements(Separators).Select(ReadRequest.Skip)),
        (4, Gen.Choose(0, 12).Select(count => ReadRequest.Peek(count)))
    );

    private static readonly Gen<ReaderStep> Step = Gen.Frequency(
        (10, Data.Select(data => new ReaderStep(ReaderStepKind.Feed, data))),
        (6, Data.Select(data => new ReaderStep(ReaderStepKind.Receive, data))),
        (3, Gen.Constant(new ReaderStep(ReaderStepKind.Lend))),
        (14, Request.Select(request => new ReaderStep(ReaderStepKind.Call, Request: request))),
        (2, Gen.Choose(0, 12).Select(seen => new ReaderStep(ReaderStepKind.TryPeek, Request: ReadRequest.Peek(seen)))),
        (6, Gen.Choose(0, 12).Select(count => new ReaderStep(ReaderStepKind.Consume, Count: count))),
        (1, Gen.Constant(new ReaderStep(ReaderStepKind.Interrupt))),
        (5, Gen.Constant(new ReaderStep(ReaderStepKind.Cancel)))
    );

    /// <summary>Rare, because little happens after them.</summary>
    private static readonly Gen<ReaderStep> Ending = Gen.Frequency(
        (12, Step),
        (2, Gen.Constant(new ReaderStep(ReaderStepKind.End))),
        (1, Gen.Elements("reset", "broken").Select(message => new ReaderStep(ReaderStepKind.Fail, message)))
    );

    /// <summary>Bytes that are fed and read first, so that the rest lies anywhere around the end of a segment.</summary>
    private static readonly Gen<int> Shift = Gen.Frequency(
        (3, Gen.Constant(0)),
        (1, Gen.Choose(3575, 3595)),
        (2, Gen.Choose(4060, 4100))
    );

    public static Gen<ReaderScript> All { get; } =
        from limit in Gen.Choose(1, 9)
        from shift in Shift
        from steps in Step.ListOf()
        from ending in Ending.ListOf().Resize(12)
        select new ReaderScript(limit, [.. ShiftedBy(shift), .. steps, .. ending]);

    /// <summary>With separators and bytes of all values.</summary>
    public static Gen<ReaderScript> Wide { get; } =
        from limit in Gen.Elements(1, 9, 255, 256, 257, 1000)
        from shift in Shift
        from steps in WideStep.ListOf()
        select new ReaderScript(limit, [.. ShiftedBy(shift), .. steps, new ReaderStep(ReaderStepKind.End)]);

    /// <summary>As <see cref="All"/>, without skips, whose bytes are not returned.</summary>
    public static Gen<ReaderScript> WithoutSkips { get; } =
        All.Select(script =>
            script with
            {
                Steps = [.. script.Steps.Where(step => step.Request.Kind != ReadKind.Skip)],
            }
        );

    /// <summary>Shorter scripts first, then shorter data.</summary>
    public static IEnumerable<ReaderScript> Shrink(ReaderScript script)
    {
        ReaderStep[] steps = script.Steps;
        for (int size = steps.Length / 2; size > 0; size /= 2)
        {
            for (int at = 0; at + size <= steps.Length; at += size)
            {
                yield return script with
                {
                    Steps = [.. steps[..at], .. steps[(at + size)..]],
                };
            }
        }

        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Kind is ReaderStepKind.Feed or ReaderStepKind.Receive && steps[i].Data.Length > 1)
            {
                yield return script with
                {
                    Steps = [.. steps[..i], steps[i] with { Data = steps[i].Data[1..] }, .. steps[(i + 1)..]],
                };
            }
        }
    }

    public override string ToString()
    {
        // A call is named after its place; a cancel names the call before it.
        List<string> printed = [];
        int last = 0;
        for (int i = 0; i < Steps.Length; i++)
        {
            last = Steps[i].Kind == ReaderStepKind.Call ? i : last;
            printed.Add(Steps[i].Print(last));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"shrunk","kind":"reader","limit":{{Limit}},"steps":[{{string.Join(',', printed)}}]}"""
        );
    }

    private static byte[] Counting(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(value => (byte)value)];

    private static ReaderStep[] ShiftedBy(int count) =>
        count == 0
            ? []
            :
            [
                new ReaderStep(ReaderStepKind.Feed, new string('x', count)),
                new ReaderStep(ReaderStepKind.Call, Request: ReadRequest.Exactly(count)),
            ];
}
