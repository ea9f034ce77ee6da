namespace Deterministic.Streams.Driving;

/// <summary>The result of a transport operation: errors are values here, nothing is thrown between a driver and the streams.</summary>
public readonly struct TransportResult
{
    private TransportResult(TransportStatus status, int count, Exception? error)
    {
        Status = status;
        Count = count;
        Error = error;
    }

    /// <summary>The operation is under way.</summary>
    public static TransportResult Pending { get; } = new(TransportStatus.Pending, 0, null);

    /// <summary>The peer has ended its half.</summary>
    public static TransportResult EndOfFile { get; } = new(TransportStatus.EndOfFile, 0, null);

    /// <summary>A non-blocking send could take nothing now.</summary>
    public static TransportResult WouldBlock { get; } = new(TransportStatus.Completed, 0, null);

    /// <summary>Done, with nothing to count.</summary>
    public static TransportResult Done { get; } = new(TransportStatus.Completed, 0, null);

    /// <summary>How it ended.</summary>
    public TransportStatus Status { get; }

    /// <summary>Bytes moved.</summary>
    public int Count { get; }

    /// <summary>Why it failed; null otherwise.</summary>
    public Exception? Error { get; }

    /// <summary>Done: <paramref name="count"/> bytes were moved.</summary>
    /// <param name="count">Bytes moved.</param>
    public static TransportResult Completed(int count) => new(TransportStatus.Completed, count, null);

    /// <summary>Failed.</summary>
    /// <param name="error">Why: a <see cref="Core.ConnectionException"/> where the cause is a loss.</param>
    public static TransportResult Failed(Exception error) => new(TransportStatus.Failed, 0, error);
}
