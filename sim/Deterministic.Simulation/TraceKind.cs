using Deterministic.Faults;

namespace Deterministic.Simulation;

/// <summary>What happened. The values are part of the trace's hash: new members go to the end, none is renumbered.</summary>
public enum TraceKind
{
    /// <summary>A word from the program or the scenario; the text is the word.</summary>
    Note = 0,

    /// <summary>A host came to life.</summary>
    HostStarted = 1,

    /// <summary>A host ended, as the text says.</summary>
    HostStopped = 2,

    /// <summary>A listener opened; the text is its address.</summary>
    Listening = 3,

    /// <summary>A listener closed; the text is its address.</summary>
    StoppedListening = 4,

    /// <summary>A client asked for a connection; the text is the address.</summary>
    Connecting = 5,

    /// <summary>The client's side of a connection stands; the text is the peer.</summary>
    Connected = 6,

    /// <summary>The server's side of a connection stands; the text is the peer.</summary>
    Accepted = 7,

    /// <summary>An attempt to connect failed, as the text says.</summary>
    ConnectFailed = 8,

    /// <summary>Bytes left for the peer; the number is how many. The text says by which fault they were cut off from what follows them; empty if by none.</summary>
    Sent = 9,

    /// <summary>Bytes arrived from the peer; the number is how many.</summary>
    Received = 10,

    /// <summary>The sending side ended in good order.</summary>
    SentEof = 11,

    /// <summary>The peer's end of file arrived.</summary>
    ReceivedEof = 12,

    /// <summary>One side of a connection closed in good order.</summary>
    Closed = 13,

    /// <summary>One side of a connection sent a reset.</summary>
    SentReset = 14,

    /// <summary>The peer's reset arrived.</summary>
    ReceivedReset = 15,

    /// <summary>Reading or writing paused, as the text says.</summary>
    Paused = 16,

    /// <summary>Reading or writing went on, as the text says.</summary>
    Resumed = 17,

    /// <summary>A fault struck; the text is its name, the number its duration in microseconds, or 0. Faults that cut a stream are reported by <see cref="Sent"/> and <see cref="Read"/> instead.</summary>
    Fault = 18,

    /// <summary>A fault ended; the text is its name.</summary>
    Healed = 19,

    /// <summary>A property was violated; the text says which.</summary>
    Violation = 20,

    /// <summary>Something threw; the text says what.</summary>
    Exception = 21,

    /// <summary>Bytes left again for the peer, since they were not acknowledged; the number is how many.</summary>
    SentAgain = 22,

    /// <summary>A host's program was stopped.</summary>
    HostPaused = 23,

    /// <summary>A host's program continues.</summary>
    HostResumed = 24,

    /// <summary>
    /// The program was given fewer bytes than had arrived, since a fault cut its read short, or at its next read what that had left; the number is how many, the text says which. Other reads are no events.
    /// </summary>
    Read = 25,

    /// <summary>Bytes were dropped at this end of a connection, since its program has closed or aborted it, or has lost it; the number is how many, the text says which bytes.</summary>
    Dropped = 26,
}
