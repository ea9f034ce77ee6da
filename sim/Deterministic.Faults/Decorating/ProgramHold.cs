namespace Deterministic.Faults.Decorating;

/// <summary>Whether the program still uses the connection. There is no way back.</summary>
internal enum ProgramHold
{
    /// <summary>It does.</summary>
    Open,

    /// <summary>It has closed or aborted it.</summary>
    Closed,
}
