namespace Deterministic.Streams;

/// <summary>A TLS connection after its handshake, as a <see cref="TlsEngine"/> provides it.</summary>
/// <remarks>
/// At most one read and at most one write or shutdown at a time; the two kinds may overlap. Disposed of once nothing is under way. What fails is an exception here:
/// the end of the ciphertext distinguishes the two.
/// </remarks>
public abstract class TlsSession : IDisposable
{
    /// <summary>What was agreed on. Stays known after the session was disposed of.</summary>
    public abstract TlsInfo Info { get; }

    /// <summary>Decrypts.</summary>
    /// <param name="buffer">Where to; not empty, and in use until the read has ended.</param>
    /// <returns>At least one byte; 0 once the peer has ended its half with close_notify, or the ciphertext has ended.</returns>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <summary>Encrypts, and hands it to the network.</summary>
    /// <param name="data">At least one byte; in use until the write has ended.</param>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> data);

    /// <summary>Ends our half: sends close_notify. Once. Reading continues.</summary>
    public abstract ValueTask ShutdownAsync();

    /// <summary>Lets go of keys and buffers. Sends nothing, and leaves the ciphertext open.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of keys and buffers.</summary>
    /// <param name="disposing">Whether it is disposed of, rather than collected.</param>
    protected abstract void Dispose(bool disposing);
}
