using System.Buffers;
using Deterministic.Core;
using Deterministic.Faults.Decorating;
using Deterministic.Simulation.Tcp;
using Deterministic.Simulation.Waiting;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tests;

/// <summary>A program that holds one end of a connection and does as it is told. Each byte that it sends tells its place, and each that it receives is checked.</summary>
internal sealed class WalkingProgram : ITransportHandler
{
    /// <summary>A prime, so that no two segments are alike.</summary>
    private const int Period = 251;

    private static readonly byte[] Pattern = [.. Enumerable.Range(0, Period + 8192).Select(i => (byte)(i % Period))];

    private readonly Transport _transport;
    private readonly byte[] _buffer = new byte[4096];
    private bool _isReceiving;
    private bool _isSending;
    private bool _isFinishing;

    public WalkingProgram(Transport transport)
    {
        _transport = transport;
        Flow = (TcpFlow)transport.GetExtraInfo(IWaitTarget.ExtraInfo)!;
        Endpoint = Flow.Host.Tcp.Find(Flow.Key);
        transport.Attach(this);
    }

    public TcpFlow Flow { get; }

    /// <summary>Null if it was gone before the program got it.</summary>
    public TcpEndpoint? Endpoint { get; }

    /// <summary>The program at the other end, if there is one.</summary>
    public WalkingProgram? Peer { get; set; }

    /// <summary>Whether faults change bytes, so that what arrives is not what was sent.</summary>
    public bool IsDamaged { get; init; }

    public long Sent { get; private set; }

    public long Received { get; private set; }

    /// <summary>Whether it has ended its half.</summary>
    public bool HasShutDown { get; private set; }

    /// <summary>Whether it has closed or aborted.</summary>
    public bool HasLetGo { get; private set; }

    /// <summary>Whether the peer's half is over for it: an end of file, or an error.</summary>
    public bool HasFinished { get; private set; }

    /// <summary>Whether a close waits to hear that all was acknowledged.</summary>
    public bool IsClosing { get; private set; }

    public void TrySend(int count)
    {
        if (CanSend)
        {
            Note(_transport.TrySend(Next(count)));
        }
    }

    public void Send(int count)
    {
        if (CanSend)
        {
            TransportResult result = _transport.Send(new ReadOnlySequence<byte>(Next(count).ToArray()));
            _isSending = result.Status == TransportStatus.Pending;
            Note(result);
        }
    }

    public void Receive(int count)
    {
        while (!_isReceiving && !HasLetGo && !HasFinished)
        {
            TransportResult result = _transport.Receive(_buffer.AsMemory(0, Math.Min(count, _buffer.Length)));
            _isReceiving = result.Status == TransportStatus.Pending;
            Take(result);
            if (!_isFinishing)
            {
                return;
            }
        }
    }

    public void ShutDown()
    {
        if (!HasLetGo && !_isSending && !HasShutDown)
        {
            HasShutDown = true;
            _transport.ShutdownWrite();
        }
    }

    public void Close()
    {
        if (!HasLetGo)
        {
            HasLetGo = true;
            IsClosing = _transport.Close().Status == TransportStatus.Pending;
        }
    }

    public void Abort()
    {
        if (!HasLetGo || IsClosing)
        {
            HasLetGo = true;
            _transport.Abort();
        }
    }

    /// <summary>Ends its half, reads what is left to its end, and closes.</summary>
    public void Finish()
    {
        _isFinishing = true;
        ShutDown();
        Receive(_buffer.Length);
        CloseIfFinished();
    }

    public void ReceiveCompleted(TransportResult result)
    {
        Demand(_isReceiving, "a receive is reported that was not pending");
        _isReceiving = false;
        Take(result);
        if (_isFinishing)
        {
            Receive(_buffer.Length);
            CloseIfFinished();
        }
    }

    public void SendCompleted(TransportResult result)
    {
        Demand(_isSending, "a send is reported that was not pending");
        _isSending = false;
        Note(result);
        if (_isFinishing)
        {
            ShutDown();
            CloseIfFinished();
        }
    }

    public void ShutdownWriteCompleted(TransportResult result) => Demand(holds: false, "the end of a half was pending");

    public void CloseCompleted(TransportResult result)
    {
        Demand(IsClosing, "a close is reported that was not pending");
        IsClosing = false;
        Demand(
            result.Status == TransportStatus.Failed || Peer is null || IsCut || IsDamaged || Peer.Arrived >= Sent,
            "a close has lingered until all was acknowledged, and not all has arrived"
        );
    }

    private bool CanSend => !HasLetGo && !HasShutDown && !_isSending;

    /// <summary>Whether a fault has ended the half that this end sends in, or may have before the program got it.</summary>
    private bool IsCut => Endpoint is null or { IsCutOff: true };

    private long Arrived => Endpoint is null ? long.MaxValue : Endpoint.Receiver.Arrived;

    private ReadOnlySpan<byte> Next(int count) => Pattern.AsSpan((int)(Sent % Period), Math.Min(count, 8192));

    private void Note(in TransportResult result) => Sent += result.Count;

    private void Take(in TransportResult result)
    {
        if (result.Status == TransportStatus.Completed)
        {
            Demand(
                IsDamaged
                    || _buffer
                        .AsSpan(0, result.Count)
                        .SequenceEqual(Pattern.AsSpan((int)(Received % Period), result.Count)),
                "received something else than was sent"
            );
            Received += result.Count;
            Demand(IsDamaged || Peer is null || Received <= Peer.Sent, "received more than was sent");
        }
        else if (result.Status != TransportStatus.Pending)
        {
            HasFinished = true;
            Demand(
                result.Status == TransportStatus.Failed
                    || Peer is null
                    || Peer.IsCut
                    || IsDamaged
                    || Received == Peer.Sent,
                "the peer's half has ended, and not all of it has arrived"
            );
        }
    }

    private void CloseIfFinished()
    {
        if (HasFinished && !_isSending)
        {
            Close();
        }
    }

    private void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(
                $"{Flow.Host.Name} #{Flow.Id}: {what}. Sent {Sent}, received {Received}; the peer sent {Peer?.Sent}, received {Peer?.Received}."
            );
        }
    }
}
