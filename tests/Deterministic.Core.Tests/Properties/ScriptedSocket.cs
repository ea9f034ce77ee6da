using System.Buffers;

namespace Deterministic.Core.Tests;

/// <summary>
/// The driver and the socket of a connection: begins what the machine lets it begin, takes bytes on credit, and refuses to be asked for
/// two operations of a kind at once, or for anything once a close was begun.
/// </summary>
internal sealed class ScriptedSocket(ConnectionMachine machine)
{
    private readonly Queue<byte> _arrived = [];
    private ReadOnlySequence<byte> _sending;
    private Memory<byte> _receiving;
    private bool _ending;
    private bool _peerEnded;
    private long _credit;

    /// <summary>What the socket took, in order.</summary>
    public List<byte> Out { get; } = [];

    /// <summary>What the peer sent and the machine received while it was open.</summary>
    public List<byte> Delivered { get; } = [];

    public bool EndTold { get; private set; }

    /// <summary>How the close was begun: "close", "abort", or null.</summary>
    public string? Closing { get; private set; }

    public bool Gone { get; private set; }

    /// <summary>Whether a send took anything since this was last asked.</summary>
    public bool Took { get; private set; }

    public void ForgetTook() => Took = false;

    public void Accept(long count)
    {
        _credit += count;
        if (!_sending.IsEmpty && _credit > 0)
        {
            ReadOnlySequence<byte> data = _sending;
            _sending = default;
            machine.Sent(Take(data));
        }
    }

    /// <summary>The first bytes of a direct send; the rest is given back.</summary>
    public byte[] TakeDirect(byte[] data) => data[(int)Take(new ReadOnlySequence<byte>(data))..];

    public void Arrive(IEnumerable<byte> data)
    {
        foreach (byte value in _peerEnded ? [] : data)
        {
            _arrived.Enqueue(value);
        }
    }

    public void ArriveEof() => _peerEnded = true;

    public void Fail(Exception error)
    {
        if (!_receiving.IsEmpty)
        {
            _receiving = default;
            machine.ReceiveAborted();
            machine.Failed(error);
        }
        else if (!_sending.IsEmpty)
        {
            _sending = default;
            machine.Failed(error);
        }
    }

    public void Finish()
    {
        if (_ending)
        {
            _ending = false;
            machine.ShutdownWriteDone();
        }

        if (Closing is not null && !Gone)
        {
            // A pending receive ends, with any result; a pending send may have gone through.
            Gone = true;
            EndReceive();
            machine.Sent(_sending.Length);
            machine.Disconnected();
        }
    }

    /// <summary>Begins everything that the machine lets begin, until it has nothing more.</summary>
    public void Pump()
    {
        while (PumpSend() || PumpEnd() || PumpClose() || PumpReceive()) { }
    }

    private bool PumpSend()
    {
        if (!machine.TryBeginSend(out ReadOnlySequence<byte> data))
        {
            return false;
        }

        Closing.ShouldBeNull("a send was begun after the close");
        _sending.IsEmpty.ShouldBeTrue("two sends at once");
        data.IsEmpty.ShouldBeFalse("an empty send");
        if (_credit == 0)
        {
            _sending = data;
            machine.SendBlocked();
        }
        else
        {
            machine.Sent(Take(data));
        }

        return true;
    }

    private bool PumpEnd()
    {
        if (!machine.TryBeginShutdownWrite())
        {
            return false;
        }

        Closing.ShouldBeNull("the end was reported after the close");
        EndTold.ShouldBeFalse("the end was reported twice");
        EndTold = _ending = true;
        return true;
    }

    private bool PumpClose()
    {
        if (!machine.TryBeginClose(out bool abort))
        {
            return false;
        }

        Closing.ShouldBe(abort ? Closing : null, "a close after a close, or after an abort");
        Closing.ShouldNotBe("abort", "two aborts");
        Gone.ShouldBeFalse("the transport is gone");
        Closing = abort ? "abort" : "close";
        return true;
    }

    private bool PumpReceive()
    {
        if (_receiving.IsEmpty && machine.TryBeginReceive(out Memory<byte> lent))
        {
            Closing.ShouldBeNull("a receive was begun after the close");
            _receiving = lent;
        }
        else
        {
            machine.TryBeginReceive(out _).ShouldBeFalse("two receives at once");
        }

        if (_receiving.IsEmpty || (_arrived.Count == 0 && !_peerEnded))
        {
            return false;
        }

        if (_arrived.Count == 0)
        {
            _receiving = default;
            machine.ReceivedEof();
            return true;
        }

        Receive();
        return true;
    }

    private void Receive()
    {
        byte[] data = [.. _arrived];
        _arrived.Clear();
        data.CopyTo(_receiving);
        _receiving = default;
        if (!machine.IsClosing)
        {
            Delivered.AddRange(data);
        }

        machine.Received(data.Length);
    }

    private void EndReceive()
    {
        if (_receiving.IsEmpty)
        {
            return;
        }

        if (_arrived.Count > 0)
        {
            Receive();
        }
        else
        {
            _receiving = default;
            machine.ReceiveAborted();
        }
    }

    private long Take(in ReadOnlySequence<byte> data)
    {
        long count = Math.Min(_credit, data.Length);
        _credit -= count;
        Out.AddRange(data.Slice(0, count).ToArray());
        Took |= count > 0;
        return count;
    }
}
