namespace Deterministic.Faults.Engine;

/// <summary>What the trace says of a cut in a stream: constants, since a text must not cost anything where no trace is kept.</summary>
internal static class CutTexts
{
    public const string ByShortRead = "cut by short-read";

    /// <summary>The read after one that was cut short.</summary>
    public const string Rest = "what the cut has left";

    public const string ByShortWrite = "cut by short-write";

    public const string BySlicer = "cut by slicer";
}
