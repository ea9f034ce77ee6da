namespace Deterministic.Conformance;

/// <summary>One asynchronous call of a script, decoded. Named as in the format. Its arguments may be merely wrong: then they are answered.</summary>
internal abstract record Call
{
    private Call() { }

    internal sealed record Read(int Count) : Call;

    internal sealed record ReadLine : Call;

    internal sealed record ReadExactly(int Count) : Call;

    internal sealed record ReadUntil(IReadOnlyList<byte[]> Separators) : Call;

    internal sealed record Next : Call;

    internal sealed record Drain : Call;

    internal sealed record WaitClosed : Call;
}
