namespace Deterministic.Sockets.Tests;

/// <summary>Tests that look at, or change, something of the whole process: they run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
