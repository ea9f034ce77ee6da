namespace Deterministic.Simulation.Scheduling;

/// <summary>The async methods of one run that wait.</summary>
internal interface IWaitRecording : IDisposable
{
    /// <summary>Who waits for what now.</summary>
    /// <param name="main">The task of the main program, if known.</param>
    IReadOnlyList<Waiter> Explain(Task? main);
}
