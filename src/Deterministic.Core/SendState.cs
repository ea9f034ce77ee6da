namespace Deterministic.Core;

/// <summary>What the driver does with the output.</summary>
public enum SendState
{
    /// <summary>Nothing.</summary>
    Idle,

    /// <summary>It sends straight from the caller's memory; nothing is queued before it.</summary>
    SendingDirect,

    /// <summary>It sends from the queue.</summary>
    Sending,
}
