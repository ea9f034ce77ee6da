namespace Deterministic.Conformance;

/// <summary>What a script acts on.</summary>
internal enum ScriptKind
{
    /// <summary>A reader, which the script feeds.</summary>
    Reader,

    /// <summary>A whole connection on a scripted socket.</summary>
    Writer,
}
