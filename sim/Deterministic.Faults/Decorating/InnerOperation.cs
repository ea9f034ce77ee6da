namespace Deterministic.Faults.Decorating;

/// <summary>How an operation of the transport below stands.</summary>
internal enum InnerOperation
{
    /// <summary>Not asked for yet: nothing is received before the program first does.</summary>
    NotStarted,

    /// <summary>None is under way.</summary>
    Idle,

    /// <summary>One is under way.</summary>
    Pending,

    /// <summary>There is no use in another one.</summary>
    Over,
}
