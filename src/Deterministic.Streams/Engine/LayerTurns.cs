using System.Runtime.CompilerServices;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Engine;

/// <summary>The turns of a layer on top of an engine, one for each half of the connection. The two halves are independent; the close needs both turns.</summary>
/// <param name="transport">Of the engine.</param>
/// <param name="deliverLater">Has the engine deliver its results soon, not on the caller's stack.</param>
internal sealed class LayerTurns(Transport transport, Action deliverLater)
{
    /// <summary>Has the engine deliver its results soon, not on the caller's stack.</summary>
    public Action DeliverLater => deliverLater;

    /// <summary>With what follows from reads.</summary>
    public LayerTurn Reads { get; } = new();

    /// <summary>With what follows from drains, and from the close.</summary>
    public LayerTurn Drains { get; } = new();

    /// <summary>Has a part of the layer run soon, not on the caller's stack, with both turns.</summary>
    public void Run(Action part) =>
        transport.ScheduleLayer(
            static boxed =>
            {
                var (turns, part) = ((LayerTurns, Action))boxed!;
                turns.RunNow(part);
            },
            (this, part)
        );

    /// <summary>What follows the await runs as by <see cref="Run"/>.</summary>
    public Both InBothAsync() => new(this);

    private void RunNow(Action part)
    {
        void Again() => Run(part);
        long reads = 0;
        long drains = 0;
        try
        {
            if (Reads.TryEnter(Again, out reads) && Drains.TryEnter(Again, out drains))
            {
                part();
            }
        }
        finally
        {
            // Also if the part throws: a turn that is never left holds back every later result.
            Drains.Leave(drains);
            Reads.Leave(reads);
        }
    }

    /// <summary>To be awaited.</summary>
    public readonly struct Both(LayerTurns turns) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Both GetAwaiter() => this;

        public void GetResult() { }

        public void OnCompleted(Action continuation) => turns.Run(continuation);

        public void UnsafeOnCompleted(Action continuation) => turns.Run(continuation);
    }
}
