namespace Deterministic.Core.Tests;

/// <summary>One request of each kind; those that look for a separator look for a line feed.</summary>
internal static class Requests
{
    public static IEnumerable<ReadKind> Kinds => Enum.GetValues<ReadKind>().Where(kind => kind != ReadKind.None);

    public static ReadRequest Of(ReadKind kind, long count) =>
        kind switch
        {
            ReadKind.Some => ReadRequest.Read(count),
            ReadKind.ToEnd => ReadRequest.ToEnd,
            ReadKind.Line => ReadRequest.Line,
            ReadKind.Lines => ReadRequest.Lines,
            ReadKind.Exactly => ReadRequest.Exactly(count),
            ReadKind.Until => ReadRequest.Until(SeparatorSet.LineFeed),
            ReadKind.Peek => ReadRequest.Peek(count),
            ReadKind.Skip => ReadRequest.Skip(SeparatorSet.LineFeed),
            _ => default,
        };
}
