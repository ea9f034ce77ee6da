namespace Deterministic.Soak.Planning;

/// <summary>What is to happen on one connection. Both ends know it.</summary>
internal sealed record SessionPlan
{
    public required int Seed { get; init; }

    /// <summary>Bytes from the client to the server.</summary>
    public required long ToServer { get; init; }

    /// <summary>Bytes from the server to the client.</summary>
    public required long ToClient { get; init; }

    public required Ending Ending { get; init; }

    /// <summary>The server answers once the client's half has ended; else both send at once.</summary>
    public required bool AnswersAtTheEnd { get; init; }

    /// <summary>For an ending in the middle: after how many bytes sent by the side that brings it about.</summary>
    public required long BreakAfter { get; init; }

    /// <summary>The connect is cancelled after so many turns of the thread pool, if it still goes on; null lets it be.</summary>
    public required int? CancelConnectAfter { get; init; }

    /// <summary>Now and then a read, or a drain, is cancelled and made again.</summary>
    public required bool Cancels { get; init; }

    /// <summary>The kernel's buffers are small, so that each side has to wait for the other.</summary>
    public required bool SmallBuffers { get; init; }

    /// <summary>The readers' limit in bytes.</summary>
    public required int Limit { get; init; }

    public bool IsOrderly => Ending == Ending.Orderly;

    public bool IsAborted => Ending is Ending.ClientAborts or Ending.ServerAborts;

    /// <summary>Whether this side brings the end about in the middle.</summary>
    public bool Breaks(Side side) =>
        side == Side.Client
            ? Ending is Ending.ClientAborts or Ending.ClientCloses
            : Ending is Ending.ServerAborts or Ending.ServerCloses;
}
