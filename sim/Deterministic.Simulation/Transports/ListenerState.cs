namespace Deterministic.Simulation.Transports;

/// <summary>How a simulated listener stands.</summary>
internal enum ListenerState
{
    /// <summary>Its port is taken; who connects is refused.</summary>
    Bound,

    /// <summary>Its port is taken and it is not to accept; it has not begun to listen either.</summary>
    BoundPaused,

    /// <summary>It accepts.</summary>
    Accepting,

    /// <summary>It listens; who connects waits in the backlog.</summary>
    Paused,

    /// <summary>Its port is released.</summary>
    Closed,

    /// <summary>Its host has crashed, and it is gone.</summary>
    Crashed,
}
