namespace Deterministic.Simulation;

/// <summary>Which bytes were dropped, as the trace says it: constants, since a text must not cost anything where no trace is kept.</summary>
internal static class DroppedWords
{
    public const string NotRead = "not read before the close";

    public const string Late = "arrived after the close";
}
