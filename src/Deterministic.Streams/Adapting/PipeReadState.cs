namespace Deterministic.Streams.Adapting;

/// <summary>The state of a pipe's reader.</summary>
internal enum PipeReadState
{
    /// <summary>Read next.</summary>
    Idle,

    /// <summary>A result was handed out: advance next.</summary>
    Lent,

    /// <summary>The result of a cancelled read was handed out: advance, or read again at once.</summary>
    LentTentatively,

    /// <summary>Done with.</summary>
    Completed,
}
