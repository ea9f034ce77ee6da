namespace Deterministic.Simulation.Tool;

/// <summary>The meaning of a line, shown as a colour on a terminal.</summary>
internal enum Tone
{
    Title,
    Good,
    Bad,
}
