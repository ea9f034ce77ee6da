using Do = Deterministic.Faults.Engine.OutgoingAction;
using To = Deterministic.Faults.Engine.OutgoingState;

namespace Deterministic.Faults.Engine;

/// <summary>The whole of how <see cref="OutgoingState"/> changes, and what the driver does about it.</summary>
internal static class OutgoingTransitions
{
    // csharpier-ignore
    private static readonly (To State, Do Action)[,] Table =
    {
        //               Write                                  Shutdown               Cut                    Answer                 Blackhole              Lose
        /* Open       */ { (To.Open, Do.Send),                  (To.Ended, Do.SendEnd),   (To.Cut, Do.SendEnd),     (To.Open, Do.None),       (To.Blackholed, Do.None), (To.Lost, Do.None) },
        /* Ended      */ { (To.Ended, Do.Send),                 (To.Ended, Do.None),      (To.Cut, Do.SendEnd),     (To.Ended, Do.None),      (To.Blackholed, Do.None), (To.Lost, Do.None) },
        /* Cut        */ { (To.Answered, Do.Answer),            (To.Cut, Do.None),        (To.Cut, Do.None),        (To.Cut, Do.None),        (To.Blackholed, Do.None), (To.Lost, Do.None) },
        /* Answered   */ { (To.Answered, Do.Wait),              (To.Answered, Do.None),   (To.Answered, Do.None),   (To.Lost, Do.Fail),       (To.Blackholed, Do.None), (To.Lost, Do.None) },
        /* Blackholed */ { (To.Blackholed, Do.DropUnacknowledged), (To.Blackholed, Do.None), (To.Blackholed, Do.None), (To.Blackholed, Do.None), (To.Blackholed, Do.None), (To.Lost, Do.None) },
        /* Lost       */ { (To.Lost, Do.Fail),                  (To.Lost, Do.None),       (To.Lost, Do.None),       (To.Lost, Do.None),       (To.Lost, Do.None),       (To.Lost, Do.None) },
    };

    /// <summary>Moves a state, and says what is to be done.</summary>
    public static OutgoingAction Apply(ref OutgoingState state, OutgoingInput input)
    {
        (state, OutgoingAction action) = Table[(int)state, (int)input];
        return action;
    }
}
