namespace Deterministic.Simulation.Tcp;

/// <content>What its invariants are about, for tests to check. Getters only.</content>
internal sealed partial class TcpEndpoint
{
    public TcpSender Sender => _sender;

    public TcpReceiver Receiver => _receiver;

    public TcpOwnership Ownership => _ownership;

    /// <summary>Whether a retransmission or a window probe is scheduled for a later instant.</summary>
    public bool IsTimerArmed => _timer.IsArmed;

    /// <summary>Whether the end of FIN-WAIT-2 or of TIME-WAIT is scheduled for a later instant.</summary>
    public bool IsLeaving => _lingering is { IsArmed: true };

    /// <summary>Whether it must retransmit, or probe a closed window, after a while.</summary>
    public bool NeedsTimer => _sender.HasInFlight || (_sender.IsBlocked && _mayHaveMissed);

    /// <summary>Whether a fault keeps back what was written.</summary>
    public bool IsCoalescing => _faults is { IsCoalescing: true };
}
