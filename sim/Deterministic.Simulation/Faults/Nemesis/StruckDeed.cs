namespace Deterministic.Simulation;

/// <summary>A deed that is done and not undone yet.</summary>
/// <param name="fault">The name of the fault.</param>
/// <param name="deed">What was done.</param>
internal sealed class StruckDeed(string fault, Deed deed)
{
    public string Fault => fault;

    public Deed Deed => deed;
}
