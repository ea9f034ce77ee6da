namespace Deterministic.Kernel.Tests;

/// <summary>What a program of the fuzzer does in one step.</summary>
internal enum FuzzAction
{
    /// <summary>Writes so many bytes.</summary>
    Write,

    /// <summary>Begins to wait until what was written has left.</summary>
    Drain,

    /// <summary>Begins to read what there is, so many bytes at most.</summary>
    Read,

    /// <summary>Begins to read exactly so many bytes.</summary>
    ReadExactly,

    /// <summary>Begins to read a line.</summary>
    ReadLine,

    /// <summary>Begins to read to the end.</summary>
    ReadToEnd,

    /// <summary>Cancels the read that was begun last.</summary>
    CancelRead,

    /// <summary>Ends its half.</summary>
    WriteEof,

    /// <summary>Closes in order.</summary>
    Close,

    /// <summary>Resets.</summary>
    Abort,

    /// <summary>Begins to wait until it is closed.</summary>
    WaitClosed,

    /// <summary>Lets everything that is under way happen. Without this, steps race with what earlier ones have caused.</summary>
    Settle,

    /// <summary>Both ends of the first connection close, the client first, and the client connects once more from the same port.</summary>
    ConnectAgain,
}
