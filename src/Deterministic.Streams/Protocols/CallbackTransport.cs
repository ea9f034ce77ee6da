using System.Buffers;
using System.Net;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Protocols;

/// <summary>A <see cref="Transport"/> below which there are callbacks: what they bring is received, what is sent is written to their transport.</summary>
/// <remarks>
/// The gate guards the fields and is never held while anything is called. Bytes that arrive while no receive is pending are kept in a copy, and reading is paused below until they are taken:
/// so no more than one callback's worth is kept.
/// </remarks>
internal sealed partial class CallbackTransport : Transport
{
    private readonly object _gate = new();
    private readonly LinkedList<ReadOnlyMemory<byte>> _unread = new();
    private ProtocolTransport? _below;
    private CallbackInput _input;
    private CallbackState _state;
    private WritingState _writing;
    private Exception? _lost;
    private Memory<byte> _receiving;
    private ReadOnlySequence<byte> _sending;

    public override EndPoint? LocalEndPoint => Below.GetExtraInfo("sockname") as EndPoint;

    public override EndPoint? RemoteEndPoint => Below.GetExtraInfo("peername") as EndPoint;

    public override TimeProvider TimeProvider => Below.TimeProvider;

    public override bool CanShutdownWrite => Below.CanWriteEof;

    /// <summary>Set before a connection is put on this, and nothing else calls what needs it.</summary>
    private ProtocolTransport Below => _below!;

    public override TransportResult Receive(Memory<byte> buffer)
    {
        int taken;
        lock (_gate)
        {
            if (_unread.Count == 0)
            {
                _receiving = _input == CallbackInput.Open ? buffer : default;
                return _input == CallbackInput.Open ? TransportResult.Pending : InputEndLocked;
            }

            taken = TakeUnreadLocked(buffer.Span);
            if (_unread.Count > 0)
            {
                return TransportResult.Completed(taken);
            }
        }

        Below.ResumeReading();
        return TransportResult.Completed(taken);
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (_input == CallbackInput.Lost)
            {
                return SendFailureLocked;
            }

            if (_writing == WritingState.Paused)
            {
                return TransportResult.WouldBlock;
            }
        }

        int count = (int)Math.Min(data.Length, Below.RoomWhileFlowing);
        Below.Write(data[..count]);
        return TransportResult.Completed(count);
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        while (true)
        {
            int written = WriteWhileFlowing(data);
            lock (_gate)
            {
                if (_input == CallbackInput.Lost)
                {
                    return SendFailureLocked;
                }

                if (written > 0)
                {
                    return TransportResult.Completed(written);
                }

                if (_writing == WritingState.Paused)
                {
                    _sending = data;
                    return TransportResult.Pending;
                }

                // It was paused, and resumed before we could wait for that.
            }
        }
    }

    public override TransportResult ShutdownWrite()
    {
        Below.WriteEof();
        return TransportResult.Done;
    }

    public override TransportResult Close()
    {
        lock (_gate)
        {
            if (_input == CallbackInput.Lost)
            {
                return CloseResultLocked;
            }

            _state = CallbackState.Closing;
        }

        Below.Close();
        return TransportResult.Pending;
    }

    public override void Abort() => Below.Abort();

    public override void Schedule(Action<object?> callback, object? state) => Below.Schedule(callback, state);

    public override object? GetExtraInfo(string name) => Below.GetExtraInfo(name);

    /// <summary>Piece by piece: after each the transport below may pause writing.</summary>
    private int WriteWhileFlowing(in ReadOnlySequence<byte> data)
    {
        int written = 0;
        foreach (ReadOnlyMemory<byte> piece in data)
        {
            if (piece.Length > int.MaxValue - written)
            {
                break;
            }

            TransportResult result = TrySend(piece.Span);
            written += result.Count;
            if (result.Count < piece.Length)
            {
                break;
            }
        }

        return written;
    }

    private int TakeUnreadLocked(Span<byte> destination)
    {
        int taken = 0;
        while (taken < destination.Length && _unread.First is { } first)
        {
            ReadOnlyMemory<byte> piece = first.Value;
            int count = Math.Min(piece.Length, destination.Length - taken);
            piece.Span[..count].CopyTo(destination[taken..]);
            taken += count;
            first.Value = piece[count..];
            if (first.Value.IsEmpty)
            {
                _unread.RemoveFirst();
            }
        }

        return taken;
    }
}
