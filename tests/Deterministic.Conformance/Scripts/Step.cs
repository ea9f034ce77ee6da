namespace Deterministic.Conformance;

/// <summary>One step of a script, decoded. Named as in the format.</summary>
internal abstract record Step
{
    private Step() { }

    internal sealed record Feed(byte[] Data) : Step;

    internal sealed record FeedEof : Step;

    internal sealed record SetException(string Name) : Step;

    internal sealed record Write(byte[] Data) : Step;

    internal sealed record WriteLines(IReadOnlyList<byte[]> Data) : Step;

    internal sealed record WriteEof : Step;

    internal sealed record Close : Step;

    internal sealed record Abort : Step;

    internal sealed record SetLimits(int? High, int? Low) : Step;

    internal sealed record Accept(long Count) : Step;

    internal sealed record PeerData(byte[] Data) : Step;

    internal sealed record PeerEof : Step;

    internal sealed record Lost(string Name) : Step;

    internal sealed record MakeCall(Identity Id, Call Call) : Step;

    internal sealed record Cancel(Identity Id) : Step;
}
