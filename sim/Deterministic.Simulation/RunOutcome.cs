namespace Deterministic.Simulation;

/// <summary>Why a run stopped.</summary>
public enum RunOutcome
{
    /// <summary>What was waited for came true.</summary>
    Completed,

    /// <summary>Nothing can run, no timer is pending, and what was waited for hasn't come true: all wait forever.</summary>
    Deadlocked,

    /// <summary>More items ran than <see cref="RunLimits.Steps"/>: most often a livelock.</summary>
    StepLimitReached,

    /// <summary>More virtual time passed than <see cref="RunLimits.VirtualTime"/>.</summary>
    TimeLimitReached,

    /// <summary>The main task failed or was cancelled, or an exception escaped from a callback.</summary>
    Faulted,

    /// <summary>Something left the simulation, or came in from outside: see <see cref="EscapeCause"/>.</summary>
    Escaped,

    /// <summary>The simulator itself failed, and says nothing about the program: a <see cref="SimulatorException"/>.</summary>
    SimulatorFailed,

    /// <summary>The run asked for another choice than the tape that it replays holds.</summary>
    Diverged,
}
