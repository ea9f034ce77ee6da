namespace Deterministic.Streams.Timing;

/// <summary>The state of a <see cref="Deadline"/>.</summary>
internal enum DeadlineState
{
    /// <summary>Not started.</summary>
    Idle,

    /// <summary>Its timer runs.</summary>
    Running,

    /// <summary>It has passed or was stopped.</summary>
    Over,
}
