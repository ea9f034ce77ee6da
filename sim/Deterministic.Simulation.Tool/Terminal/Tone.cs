namespace Deterministic.Simulation.Tool;

/// <summary>What a line means to the reader; on a terminal it gets a colour.</summary>
internal enum Tone
{
    Title,
    Good,
    Bad,
}
