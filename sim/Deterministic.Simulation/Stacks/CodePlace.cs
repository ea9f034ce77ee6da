namespace Deterministic.Simulation.Stacks;

/// <summary>A line of the program.</summary>
/// <param name="Method">The type and the name of the method.</param>
/// <param name="File">The source file; null without debug symbols.</param>
/// <param name="Line">The line, from 1; 0 without debug symbols.</param>
/// <param name="Code">The line itself, trimmed; null if the source file is not at hand.</param>
internal sealed record CodePlace(string Method, string? File = null, int Line = 0, string? Code = null);
