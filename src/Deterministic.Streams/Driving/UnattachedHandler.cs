namespace Deterministic.Streams.Driving;

/// <summary>The handler until a connection is attached: a driver that calls too early gets an exception.</summary>
internal sealed class UnattachedHandler : ITransportHandler
{
    public static readonly UnattachedHandler Instance = new();

    public void ReceiveCompleted(TransportResult result) => throw TooEarly();

    public void SendCompleted(TransportResult result) => throw TooEarly();

    public void ShutdownWriteCompleted(TransportResult result) => throw TooEarly();

    public void CloseCompleted(TransportResult result) => throw TooEarly();

    private static InvalidOperationException TooEarly() =>
        new("No connection is attached to this transport yet: report results only of operations that were begun.");
}
