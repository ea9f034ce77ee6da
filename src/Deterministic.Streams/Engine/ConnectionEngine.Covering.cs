using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Deterministic.Core;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Engine;

/// <content>A layer on top, such as TLS, that takes the place of the program.</content>
internal sealed partial class ConnectionEngine
{
    /// <summary>Guarded by the gate: what the program uses instead, once a layer has taken its place.</summary>
    private ConnectionEngine? _cover;

    /// <summary>How it buffers now, for the engine on top of a layer. How long a close may take is the layer's to bound.</summary>
    public ConnectionOptions Limits =>
        new()
        {
            Limit = Limit,
            WriteBufferLimits = Inspect(static (ConnectionMachine machine) => machine.Writer.Limits),
            MaxUnsentBytes = _options.MaxUnsentBytes,
            UnsentOverflow = _options.UnsentOverflow,
            ShutdownTimeout = null,
        };

    /// <exception cref="InvalidOperationException">A read is under way: it waits for bytes that would then be the layer's.</exception>
    public void ThrowIfReading()
    {
        lock (_gate)
        {
            ThrowIfReadingLocked();
        }
    }

    /// <summary>Lets a layer take the place of the program, if nothing is queued: what was received and not read, and what the receive under way brings, is the layer's.</summary>
    /// <param name="cover">What lies on top of the layer.</param>
    /// <param name="change">Makes the program use that instead. No write can come in between.</param>
    /// <returns>False if something is queued; nothing is changed.</returns>
    /// <exception cref="InvalidOperationException">A read is under way, or the end was written; nothing is changed.</exception>
    /// <exception cref="ConnectionException">The connection is closing or gone.</exception>
    public bool TryPushLayer(ConnectionEngine cover, Action change)
    {
        lock (_writeGate)
        {
            lock (_gate)
            {
                ThrowIfReadingLocked();
                if (_machine.IsClosing)
                {
                    throw _machine.DrainError;
                }

                _machine.Writer.ThrowIfEnded();
                if (_machine.Writer.Buffered > 0 || _machine.Writer.Sending != SendState.Idle)
                {
                    return false;
                }

                _machine.Reader.Release();
                _cover = cover;
                CarryLayer();
                change();
                return true;
            }
        }
    }

    /// <summary>Closes in order; waits get the error, as of a lost connection.</summary>
    public void Close(Exception error) => Command(machine => machine.Close(error));

    /// <summary>Resets, whatever is under way. Waits get the error.</summary>
    public void Fail(Exception error) => Command(machine => machine.Abort(error));

    private void ThrowIfReadingLocked()
    {
        if (_read.State != ReadState.Idle)
        {
            throw new InvalidOperationException(
                "A read waits for data on this stream: await it or cancel it before TLS is started, or it would get bytes of the handshake."
            );
        }
    }

    /// <summary>A write that bypasses a layer would corrupt its stream and leak plaintext. What a layer writes was counted above it, and is not bounded again.</summary>
    /// <param name="origin">The program or a layer.</param>
    /// <param name="count">How many bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThrowIfUnwritableLocked(WriteOrigin origin, long count)
    {
        if (_cover is not null && origin == WriteOrigin.Program)
        {
            ThrowCovered();
        }

        _machine.Writer.ThrowIfEnded();
        if (origin == WriteOrigin.Program)
        {
            _machine.Admit(count);
        }
    }

    [DoesNotReturn]
    private static void ThrowCovered() =>
        throw new InvalidOperationException(
            "TLS was started by another call during this write, which has not been sent. Write before starting TLS, or after that has returned."
        );
}
