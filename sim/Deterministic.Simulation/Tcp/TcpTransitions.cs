namespace Deterministic.Simulation.Tcp;

/// <summary>The whole of how <see cref="TcpState"/> changes: the diagram of RFC 9293 (figure 5) as a table.</summary>
/// <remarks>
/// An end of our half that is asked for in SYN-RECEIVED waits for ESTABLISHED (section 3.10.4), so from there on our SYN is acknowledged in every state but CLOSED: a time-out in
/// SYN-RECEIVED sends the SYN again, and a time-out in a later state never does.
/// </remarks>
internal static class TcpTransitions
{
    // Columns: Established, Shutdown, FinReceived, FinAcknowledged, Ended.
    private static readonly TcpState[,] Table =
    {
        /* Closed      */{ TcpState.Closed, TcpState.Closed, TcpState.Closed, TcpState.Closed, TcpState.Closed },
        /* SynSent     */{ TcpState.Established, TcpState.Closed, TcpState.SynSent, TcpState.SynSent, TcpState.Closed },
        /* SynReceived */{ TcpState.Established, TcpState.SynReceived, TcpState.CloseWait, TcpState.SynReceived, TcpState.Closed },
        /* Established */{ TcpState.Established, TcpState.FinWait1, TcpState.CloseWait, TcpState.Established, TcpState.Closed },
        /* FinWait1    */{ TcpState.FinWait1, TcpState.FinWait1, TcpState.Closing, TcpState.FinWait2, TcpState.Closed },
        /* FinWait2    */{ TcpState.FinWait2, TcpState.FinWait2, TcpState.TimeWait, TcpState.FinWait2, TcpState.Closed },
        /* CloseWait   */{ TcpState.CloseWait, TcpState.LastAck, TcpState.CloseWait, TcpState.CloseWait, TcpState.Closed },
        /* Closing     */{ TcpState.Closing, TcpState.Closing, TcpState.Closing, TcpState.TimeWait, TcpState.Closed },
        /* LastAck     */{ TcpState.LastAck, TcpState.LastAck, TcpState.LastAck, TcpState.Closed, TcpState.Closed },
        /* TimeWait    */{ TcpState.TimeWait, TcpState.TimeWait, TcpState.TimeWait, TcpState.TimeWait, TcpState.Closed },
    };

    public static TcpState After(TcpState state, TcpInput input) => Table[(int)state, (int)input];
}
