using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Waiting;

/// <summary>Looks into a program through the runtime's tasks and the state machines of its async methods.</summary>
/// <remarks>
/// The map of this folder. <see cref="WaitRecorder"/> notes which async methods wait (events of the runtime, by <see cref="TaskEventListener"/>); at the end of a run
/// <see cref="WaitExplainer"/> finds their tasks (<see cref="ActiveTasks"/>), builds the <see cref="WaitGraph"/> of what awaits what (<see cref="SuspendedMethod"/>,
/// <see cref="ContinuationWalker"/>), and says where (<see cref="AwaitLines"/>) and for what (<see cref="AwaitDescriptions"/>). <see cref="ItemNames"/> names the method that an item
/// continues.
/// </remarks>
internal sealed class RunInspector : IRunInspector
{
    public static RunInspector Instance { get; } = new();

    public string? MethodOf(in ReadyItem item) => ItemNames.Of(item);

    public IWaitRecording Record(SimulationScheduler scheduler) => WaitRecorder.Begin(scheduler);
}
