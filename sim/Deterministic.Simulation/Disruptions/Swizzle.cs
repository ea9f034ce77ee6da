namespace Deterministic.Simulation.Disruptions;

/// <summary>Some hosts are cut off one after the other, and come back in another order. What is undone early is all of it.</summary>
/// <param name="scheduler">Whose time.</param>
/// <param name="cutOrder">Each host's links, in the order in which they are cut.</param>
/// <param name="healOrder">The same, in the order in which they come back.</param>
/// <param name="step">The time between two of these.</param>
internal sealed class Swizzle(
    SimulationScheduler scheduler,
    IReadOnlyList<BlockedLinks> cutOrder,
    IReadOnlyList<BlockedLinks> healOrder,
    TimeSpan step
) : Disruption
{
    private readonly List<BlockedLinks> _cut = [];
    private ScheduledItem _next;
    private int _steps;

    /// <summary>The next step, while there is one, and the end of it all.</summary>
    public override int Timers => _steps < cutOrder.Count + healOrder.Count ? 2 : 1;

    public override void Do() => Step();

    public override void Undo()
    {
        _next.Cancel();
        foreach (BlockedLinks links in _cut)
        {
            links.Undo();
        }

        _cut.Clear();
    }

    private void Step()
    {
        if (_steps < cutOrder.Count)
        {
            BlockedLinks links = cutOrder[_steps];
            links.Do();
            _cut.Add(links);
        }
        else
        {
            BlockedLinks links = healOrder[_steps - cutOrder.Count];
            links.Undo();
            _cut.Remove(links);
        }

        _steps++;
        if (_steps < cutOrder.Count + healOrder.Count)
        {
            _next = scheduler.ScheduleAfter(step, Victim, static state => ((Swizzle)state!).Step(), this);
        }
    }
}
