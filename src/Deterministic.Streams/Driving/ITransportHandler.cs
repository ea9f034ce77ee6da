namespace Deterministic.Streams.Driving;

/// <summary>What a driver reports to the streams: the results of operations that were pending.</summary>
/// <remarks>
/// Call from any thread, with no lock of the driver's held and never on the stack of a call into a transport: waiting reads and drains may continue on the caller's stack,
/// and a program must not be continued inside its own call, for example of <c>Close</c>.
/// They do not throw: what an awaiter throws goes into its own task.
/// Exactly one call for each pending operation, also after <see cref="Transport.Close"/> and <see cref="Transport.Abort"/> for those they cut short.
/// </remarks>
public interface ITransportHandler
{
    /// <summary>Bytes that the program has written and the driver has not taken, for a driver that watches over memory. Any thread may ask.</summary>
    long Unsent => 0;

    /// <summary>A receive would not be pending now: for a transport whose <see cref="Transport.IsReceiveReady"/> was false. Also when no receive is needed; then nothing happens.</summary>
    void ReceiveReady() { }

    /// <summary>The pending receive ended.</summary>
    /// <param name="result">Completed with at least one byte, end of file, or failed.</param>
    void ReceiveCompleted(TransportResult result);

    /// <summary>The pending send ended.</summary>
    /// <param name="result">Completed with the bytes taken, or failed.</param>
    void SendCompleted(TransportResult result);

    /// <summary>The pending end of our half is done, or failed.</summary>
    /// <param name="result">Completed or failed.</param>
    void ShutdownWriteCompleted(TransportResult result);

    /// <summary>The pending close is over: the transport is gone.</summary>
    /// <param name="result">Completed, or failed if the close itself met an error.</param>
    void CloseCompleted(TransportResult result);
}
