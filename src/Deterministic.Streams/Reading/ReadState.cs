namespace Deterministic.Streams.Reading;

/// <summary>The state of the one read of a stream.</summary>
internal enum ReadState
{
    /// <summary>No read.</summary>
    Idle,

    /// <summary>It waits for the driver.</summary>
    Waiting,

    /// <summary>It has its outcome, which its awaiter has not yet picked up. A new read would pull it from under the awaiter.</summary>
    Completed,
}
