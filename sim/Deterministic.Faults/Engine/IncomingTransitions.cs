using Do = Deterministic.Faults.Engine.IncomingAction;
using To = Deterministic.Faults.Engine.IncomingState;

namespace Deterministic.Faults.Engine;

/// <summary>The whole of how <see cref="IncomingState"/> changes, and what the driver does about it.</summary>
internal static class IncomingTransitions
{
    // csharpier-ignore
    private static readonly (To State, Do Action)[,] Table =
    {
        //               Data                            End                             Cut                       Blackhole                 Forget                   Lose
        /* Open       */ { (To.Open, Do.Deliver),        (To.Ended, Do.Deliver),         (To.Cut, Do.DeliverEnd),  (To.Blackholed, Do.None), (To.Forgotten, Do.None), (To.Ended, Do.None) },
        /* Ended      */ { (To.Ended, Do.None),          (To.Ended, Do.None),            (To.Ended, Do.None),      (To.Ended, Do.None),      (To.Forgotten, Do.None), (To.Ended, Do.None) },
        /* Cut        */ { (To.Ended, Do.Reset),         (To.Cut, Do.None),              (To.Cut, Do.None),        (To.Blackholed, Do.None), (To.Forgotten, Do.None), (To.Ended, Do.None) },
        /* Blackholed */ { (To.Blackholed, Do.None),     (To.Blackholed, Do.None),       (To.Blackholed, Do.None), (To.Blackholed, Do.None), (To.Forgotten, Do.None), (To.Ended, Do.None) },
        /* Forgotten  */ { (To.Forgotten, Do.ResetPeer), (To.Forgotten, Do.ResetPeer),   (To.Forgotten, Do.None),  (To.Forgotten, Do.None),  (To.Forgotten, Do.None), (To.Ended, Do.None) },
    };

    /// <summary>Moves a state, and says what is to be done.</summary>
    public static IncomingAction Apply(ref IncomingState state, IncomingInput input)
    {
        (state, IncomingAction action) = Table[(int)state, (int)input];
        return action;
    }
}
