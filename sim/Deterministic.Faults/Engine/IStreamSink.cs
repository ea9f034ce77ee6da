namespace Deterministic.Faults.Engine;

/// <summary>The driver of one direction of a connection, to which <see cref="StreamFaults"/> hands what faults have left of a write.</summary>
internal interface IStreamSink
{
    /// <summary>Bytes are to be sent.</summary>
    /// <param name="written">What the program wrote, and counts as sent to it.</param>
    /// <param name="sent">What goes out: the same bytes unless a fault of integrity has changed them.</param>
    /// <param name="cut">By which fault they were cut off from the rest of the write, for a trace; empty if by none.</param>
    void Send(ReadOnlySpan<byte> written, ReadOnlySpan<byte> sent, string cut);

    /// <summary>A fault ends the stream, or the connection, right behind what was sent.</summary>
    /// <param name="kind">One of <see cref="EndingFaults"/>.</param>
    void EndBehind(FaultKind kind);
}
