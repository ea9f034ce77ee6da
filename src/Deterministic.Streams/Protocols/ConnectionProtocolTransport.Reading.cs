using System.Buffers;

namespace Deterministic.Streams.Protocols;

/// <content>The flow that makes, receives, ends and loses.</content>
internal sealed partial class ConnectionProtocolTransport
{
    /// <summary>The first exception that a callback threw. Touched inside callbacks only.</summary>
    private Exception? _failure;

    /// <summary>What came last, for the callback under way.</summary>
    private ReadOnlySequence<byte> _received;

    /// <summary>From the first callback to the last. Every await comes back to the protocol's context, and none throws.</summary>
    private async Task RunAsync()
    {
        Task gone = EndReadingWhenGoneAsync();
        await _lane.TurnAsync().ConfigureAwait(true);
        Call(static self => self._protocol.ConnectionMade(self));
        await ReceiveAsync().ConfigureAwait(true);
        await gone.ConfigureAwait(true);
        await _lane.TurnAsync().ConfigureAwait(true);
        Call(static self =>
        {
            self._phase = ProtocolPhase.Lost;
            self._protocol.ConnectionLost(self._failure ?? self._connection.Reader.Exception);
        });
        if (_failure is null)
        {
            _completion.SetResult();
        }
        else
        {
            _completion.SetException(_failure);
        }
    }

    private async Task ReceiveAsync()
    {
        bool ended;
        do
        {
            try
            {
                _received = await _connection.Reader.BorrowAsync(int.MaxValue).ConfigureAwait(true);
            }
            catch (Exception)
            {
                // Lost. What arrived before the loss is received before the loss is reported.
                _received = new ReadOnlySequence<byte>(_connection.Reader.TakeBuffered());
            }

            if (!await _reading.MayReceiveAsync().ConfigureAwait(true))
            {
                return;
            }

            await _lane.TurnAsync().ConfigureAwait(true);
            // Asked before the callback: what was lent may not outlive it.
            ended = _received.IsEmpty;
            Call(static self => self.Receive());
        } while (!ended);
    }

    private void Receive()
    {
        if (_received.IsEmpty)
        {
            End();
        }
        else if (_phase == ProtocolPhase.Open)
        {
            _protocol.DataReceived(_received);
        }
    }

    private void End()
    {
        // A connection that this side closed, or that was lost, has no end of file to report.
        if (!_connection.Writer.IsClosing && !_protocol.EofReceived())
        {
            Close();
        }
    }

    private async Task EndReadingWhenGoneAsync()
    {
        await _connection.WhenGoneAsync().ConfigureAwait(false);
        _reading.End();
    }

    /// <summary>Runs a callback in the turn that was waited for.</summary>
    private void Call(Action<ConnectionProtocolTransport> callback)
    {
        _lane.Enter();
        CallInside(callback);
        Leave();
    }

    /// <summary>Runs a callback inside the lane; what it throws is kept, and aborts the connection.</summary>
    private void CallInside(Action<ConnectionProtocolTransport> callback)
    {
        try
        {
            callback(this);
        }
        catch (Exception error)
        {
            _failure ??= error;
            Abort();
        }
    }

    private void Leave()
    {
        _lane.Leave();
        // A write of another thread that went too far while the lane was taken left the pause to us.
        if (IsPauseDue)
        {
            RunInContext(static state => ((ConnectionProtocolTransport)state!).PauseIfFull());
        }
    }

    private void RunInContext(Action<object?> callback)
    {
        if (_context is null)
        {
            Schedule(callback, this);
        }
        else
        {
#pragma warning disable VSTHRD001 // Nothing waits for it, so it can't deadlock.
            _context.Post(callback.Invoke, this);
#pragma warning restore VSTHRD001
        }
    }
}
