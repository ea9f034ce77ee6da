namespace Deterministic.Simulation.Scheduling;

/// <summary>Looks into a program that runs: which method an item continues, and who waits for what. What it finds is for messages; a run is the same without it.</summary>
internal interface IRunInspector
{
    /// <summary>The method of the program that an item runs or continues; null if none is found. Called on any thread.</summary>
    string? MethodOf(in ReadyItem item);

    /// <summary>Begins to record the async methods that wait, on this thread, until the result is disposed of.</summary>
    IWaitRecording Record(SimulationScheduler scheduler);
}
