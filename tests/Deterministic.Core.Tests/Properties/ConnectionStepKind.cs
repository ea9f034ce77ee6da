namespace Deterministic.Core.Tests;

public enum ConnectionStepKind
{
    Write,

    /// <summary>As a driver writes that tries to send straight from the caller's memory.</summary>
    WriteDirect,

    WriteEof,
    Close,
    Abort,
    SetLimits,

    /// <summary>The transport can take so many bytes more.</summary>
    Accept,

    PeerData,
    PeerEof,

    /// <summary>Everything that is buffered is read.</summary>
    Read,

    /// <summary>The operation under way fails: the receive if there is one, else a send.</summary>
    Fail,

    /// <summary>The end of our half, or the close, that is under way is done.</summary>
    Finish,
}
