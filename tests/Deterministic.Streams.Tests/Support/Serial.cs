namespace Deterministic.Streams.Tests;

/// <summary>Tests that measure must not share the pools of the process with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Serial
{
    public const string Name = "serial";
}
