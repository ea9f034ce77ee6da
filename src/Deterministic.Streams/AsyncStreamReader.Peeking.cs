using System.IO.Pipelines;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams;

/// <content>What adapters need beyond the documented reads: to see before they take.</content>
public sealed partial class AsyncStreamReader
{
    /// <summary>Whether a thread may block until a read of this connection ends.</summary>
    internal bool AllowsBlockingWaits => _engine.Transport.AllowsBlockingWaits;

    /// <summary>The time of the place where the connection is.</summary>
    internal TimeProvider TimeProvider => _engine.Transport.TimeProvider;

    /// <summary>Waits for a byte or the end of the stream, and takes nothing.</summary>
    /// <returns>0.</returns>
    internal ValueTask<int> WaitForDataAsync(CancellationToken cancellationToken) =>
        _engine.ReadAsync<int, FilledForm>(ReadRequest.Peek(0), default, cancellationToken);

    /// <summary>Reads into memory, blocking the calling thread; into none: waits for data, and takes nothing.</summary>
    /// <returns>How many bytes came; negative if time ran out, and then nothing is lost.</returns>
    internal int ReadBlocking(Memory<byte> buffer, in RealTimeLimit limit) =>
        _engine.ReadBlocking(buffer.IsEmpty ? ReadRequest.Peek(0) : ReadRequest.Read(buffer.Length), buffer, limit);

    /// <summary>Shows everything buffered once it is more than <paramref name="seen"/> bytes; lent until it is consumed.</summary>
    internal ValueTask<ReadResult> LookAsync(long seen, CancellationToken cancellationToken) =>
        _engine.ReadAsync<ReadResult, PeekedForm>(ReadRequest.Peek(seen), default, cancellationToken);

    /// <summary>A look that does not wait.</summary>
    internal bool TryPeek(long seen, out ReadResult result) => _engine.TryPeek(seen, out result);

    /// <summary>Takes bytes from the front of what the last look showed.</summary>
    internal void Consume(long count) => _engine.Consume(count);

    /// <summary>Ends the look that waits, or else the next one. From any thread.</summary>
    internal void Interrupt() => _engine.Interrupt();
}
