namespace Deterministic.Streams.Protocols;

/// <content>The flow that pauses and resumes writing.</content>
internal sealed partial class ConnectionProtocolTransport
{
    /// <summary>Changed inside the lane only.</summary>
    private volatile WritingState _writing;

    private bool IsPauseDue =>
        _writing == WritingState.Flowing && _phase != ProtocolPhase.Lost && _connection.Writer.IsPaused;

    /// <summary>After every call that can fill the queue, on its stack: a loop of writes must see the pause before its next one.</summary>
    private void PauseIfFull()
    {
        if (!IsPauseDue)
        {
            return;
        }

        if (_lane.IsInside)
        {
            Pause();
        }
        else if (_lane.TryEnter())
        {
            Pause();
            Leave();
        }

        // Otherwise the callback that runs now checks when it leaves.
    }

    /// <summary>Inside the lane.</summary>
    private void Pause()
    {
        if (IsPauseDue)
        {
            _writing = WritingState.Paused;
            CallInside(static self => self._protocol.PauseWriting());
            // Never on this stack, even if all is drained by now: it is the writer's, and the loop would never return to it.
            RunInContext(static state => _ = ((ConnectionProtocolTransport)state!).ResumeWhenDrainedAsync());
        }
    }

    /// <summary>One for each pause, and over once that is: a protocol that fills the queue as it resumes is paused again, and has the next one.</summary>
    private async Task ResumeWhenDrainedAsync()
    {
        bool resumed;
        do
        {
            try
            {
                await _connection.Writer.DrainAsync().ConfigureAwait(true);
            }
            catch (Exception)
            {
                // Lost: the other flow reports that, and nothing resumes.
                return;
            }

            await _lane.TurnAsync().ConfigureAwait(true);
            _lane.Enter();
            resumed = TryResume();
            Leave();
        } while (!resumed);
    }

    /// <summary>Inside the lane.</summary>
    private bool TryResume()
    {
        // It may be full again by now, and then the protocol need not be resumed and paused again.
        if (_phase == ProtocolPhase.Lost || _connection.Writer.IsPaused)
        {
            return false;
        }

        _writing = WritingState.Flowing;
        CallInside(static self => self._protocol.ResumeWriting());
        return true;
    }
}
