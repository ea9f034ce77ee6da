namespace Deterministic.Conformance;

/// <summary>What a script or a call is known by: a string or a whole number. 1 and "1" are two.</summary>
/// <param name="Text">The string, or the number in its one canonical spelling, however large.</param>
/// <param name="IsNumber">Whether it is a number.</param>
internal readonly record struct Identity(string Text, bool IsNumber)
{
    public override string ToString() => IsNumber ? Text : $"'{Text}'";
}
