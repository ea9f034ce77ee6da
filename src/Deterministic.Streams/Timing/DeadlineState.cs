namespace Deterministic.Streams.Timing;

/// <summary>How far a <see cref="Deadline"/> has got.</summary>
internal enum DeadlineState
{
    /// <summary>Not started.</summary>
    Idle,

    /// <summary>Its timer runs.</summary>
    Running,

    /// <summary>It has passed or was stopped.</summary>
    Over,
}
