namespace Deterministic.Simulation.Transports;

/// <summary>Which bytes were dropped, as the trace says it: constants, since a text must not cost anything where no trace is kept.</summary>
internal static class DroppedTexts
{
    public const string NotRead = "not read before the close";

    /// <summary>The number is the sum of that connection's so far.</summary>
    public const string Written = "written after the close or the loss";

    public const string Late = "arrived after the close";
}
