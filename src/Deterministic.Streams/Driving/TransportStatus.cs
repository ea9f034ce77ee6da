namespace Deterministic.Streams.Driving;

/// <summary>How a transport operation ended.</summary>
public enum TransportStatus
{
    /// <summary>Done: <see cref="TransportResult.Count"/> bytes were moved. For a non-blocking send, 0 means that it would have blocked.</summary>
    Completed,

    /// <summary>Under way: the result comes through the <see cref="ITransportHandler"/>.</summary>
    Pending,

    /// <summary>The peer has ended its half.</summary>
    EndOfFile,

    /// <summary>It failed, with <see cref="TransportResult.Error"/>; the connection is of no more use.</summary>
    Failed,
}
