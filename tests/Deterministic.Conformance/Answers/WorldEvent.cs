namespace Deterministic.Conformance;

/// <summary>Something that the world did: an object with the one field <paramref name="Name"/>.</summary>
/// <param name="Name">The name of the event in the format.</param>
/// <param name="Text">Its value; true if null.</param>
internal readonly record struct WorldEvent(string Name, string? Text = null);
