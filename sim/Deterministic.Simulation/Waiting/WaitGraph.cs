namespace Deterministic.Simulation.Waiting;

/// <summary>Which suspended method waits for which other one.</summary>
internal sealed class WaitGraph
{
    private readonly Dictionary<Task, SuspendedMethod> _byTask = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SuspendedMethod, List<SuspendedMethod>> _callers = [];
    private readonly Dictionary<SuspendedMethod, List<SuspendedMethod>> _awaited = [];

    /// <param name="methods">All that are known to wait.</param>
    public WaitGraph(IReadOnlyList<SuspendedMethod> methods)
    {
        Dictionary<object, SuspendedMethod> byStateMachine = new(ReferenceEqualityComparer.Instance);
        foreach (SuspendedMethod method in methods)
        {
            _byTask[method.Task] = method;
            byStateMachine[method.StateMachine] = method;
            (_callers[method], _awaited[method]) = ([], []);
        }

        foreach (SuspendedMethod method in methods)
        {
            foreach (Task follower in ContinuationWalker.Of(method.Task, _byTask.ContainsKey))
            {
                Link(_byTask[follower], method);
            }

            // An async iterator is no task to who awaits its next item, but itself the source of that.
            if (method.Awaited is { } awaited && byStateMachine.TryGetValue(awaited, out SuspendedMethod? iterator))
            {
                Link(method, iterator);
            }
        }

        ByAge = [.. methods.OrderBy(method => method.Record.Number)];
    }

    public IReadOnlyList<SuspendedMethod> ByAge { get; }

    /// <summary>The first of what a method waits for that is itself a suspended method; null if it is none.</summary>
    public SuspendedMethod? AwaitedBy(SuspendedMethod method) => _awaited[method].FirstOrDefault();

    /// <summary>Everything that a method waits for, directly or not.</summary>
    public HashSet<SuspendedMethod> AllAwaitedBy(SuspendedMethod method)
    {
        HashSet<SuspendedMethod> reached = [];
        Stack<SuspendedMethod> open = new(_awaited[method]);
        while (open.TryPop(out SuspendedMethod? next))
        {
            if (reached.Add(next))
            {
                _awaited[next].ForEach(open.Push);
            }
        }

        return reached;
    }

    /// <summary>Who waits for a method, and who for that one, and so on; of several, the oldest.</summary>
    public IEnumerable<SuspendedMethod> ChainFrom(SuspendedMethod method)
    {
        HashSet<SuspendedMethod> seen = [method];
        while (_callers[method].MinBy(caller => caller.Record.Number) is { } caller && seen.Add(caller))
        {
            yield return caller;
            method = caller;
        }
    }

    private void Link(SuspendedMethod caller, SuspendedMethod awaited)
    {
        _callers[awaited].Add(caller);
        _awaited[caller].Add(awaited);
    }
}
