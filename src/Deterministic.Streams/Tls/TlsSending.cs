using System.Buffers;
using System.Runtime.CompilerServices;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;

#pragma warning disable CA2012, VSTHRD002 // Awaited by hand, and once: nothing is allocated for a wait, and the result is taken only when it is there.
namespace Deterministic.Streams.Tls;

/// <summary>The sending half of a connection over TLS.</summary>
/// <param name="transport">The owning transport.</param>
/// <param name="plain">The connection below.</param>
/// <param name="connectionState">Its state.</param>
/// <param name="ciphertext">Tells why a write failed.</param>
internal sealed class TlsSending(
    TlsTransport transport,
    ConnectionEngine plain,
    TlsConnectionState connectionState,
    CiphertextStream ciphertext
)
{
    /// <summary>
    /// The most bytes that one operation carries. It completes only when the network took all of them, and until then the streams see no progress: this bounds by how much a drain can be
    /// late. Two of the largest records; half of the default high watermark.
    /// </summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>Up to here, small segments are joined: one record of them costs less than several. The largest record.</summary>
    public const int MaxJoinedBytes = 16 * 1024;

    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _write;
    private Action? _onWritten;
    private byte[]? _scratch;
    private int _count;

    /// <summary>Inside the session; leaves it when the send has ended.</summary>
    public TransportResult Begin(in ReadOnlySequence<byte> data)
    {
        ReadOnlyMemory<byte> piece = PieceOf(data);
        _count = piece.Length;
        long turn = plain.Layer!.Drains.Enter();
        try
        {
            _write = WriteAsync(piece).ConfigureAwait(false).GetAwaiter();
            if (_write.IsCompleted)
            {
                return Finish();
            }

            _write.UnsafeOnCompleted(_onWritten ??= OnWritten);
            return TransportResult.Pending;
        }
        finally
        {
            plain.Layer.Drains.Leave(turn);
        }
    }

    private ReadOnlyMemory<byte> PieceOf(in ReadOnlySequence<byte> data)
    {
        ReadOnlyMemory<byte> first = data.First;
        if (data.IsSingleSegment || first.Length >= MaxJoinedBytes)
        {
            return first[..Math.Min(first.Length, MaxBytes)];
        }

        int count = (int)Math.Min(data.Length, MaxJoinedBytes);
        _scratch = ArrayPool<byte>.Shared.Rent(count);
        data.Slice(0, count).CopyTo(_scratch);
        return _scratch.AsMemory(0, count);
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> piece)
    {
        try
        {
            return connectionState.Session.WriteAsync(piece);
        }
        catch (Exception error)
        {
            return ValueTask.FromException(error);
        }
    }

    private void OnWritten()
    {
        TransportResult result = Finish();
        plain.Layer!.Drains.Leave();
        transport.OnSent(result);
    }

    private TransportResult Finish()
    {
        TransportResult result;
        try
        {
            _write.GetResult();
            result = TransportResult.Completed(_count);
        }
        catch (Exception error)
        {
            result = TransportResult.Failed(connectionState.Blame(TlsErrors.OfData(error, ciphertext)));
        }

        _write = default;
        if (_scratch is not null)
        {
            ArrayPool<byte>.Shared.Return(_scratch);
            _scratch = null;
        }

        connectionState.Leave();
        return result;
    }
}
