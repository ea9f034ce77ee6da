using Deterministic.Simulation.Stacks;
using Deterministic.Streams;

namespace Deterministic.Simulation.Waiting;

/// <summary>Finds out at the end of a run who waits for what.</summary>
internal static class WaitExplainer
{
    /// <summary>The program's waits, each chain of methods once, at its innermost method. The oldest first, but last those that normally last as long as the program.</summary>
    /// <param name="recorder">What was seen of the run; still listening.</param>
    /// <param name="main">The task of the main program, if known.</param>
    public static IReadOnlyList<Waiter> Explain(WaitRecorder recorder, Task? main)
    {
        List<SuspendedMethod> methods = [];
        List<AsyncMethodRecord> unseen = [];
        foreach ((int id, AsyncMethodRecord record) in recorder.Methods.OrderBy(pair => pair.Value.Number))
        {
            if (ActiveTasks.TryFind(id, out Task? task) && SuspendedMethod.Of(task, record) is { } method)
            {
                methods.Add(method);
            }
            else
            {
                unseen.Add(record);
            }
        }

        WaitGraph graph = new(methods);
        using AwaitLines lines = new();
        List<Waiter> waiters = [.. Innermost(graph).Select(method => WaiterAt(method, graph, lines))];
        waiters.AddRange(unseen.Select(ByNameOnly));
        return waiters.Count == 0 && main is { IsCompleted: false }
            ? [TaskAlone(main)]
            : [.. waiters.OrderBy(waiter => waiter.IsExpected)];
    }

    private static IEnumerable<SuspendedMethod> Innermost(WaitGraph graph)
    {
        SuspendedMethod[] program = [.. graph.ByAge.Where(IsProgram)];
        Dictionary<SuspendedMethod, HashSet<SuspendedMethod>> awaited = program.ToDictionary(
            method => method,
            method => graph.AllAwaitedBy(method)
        );
        HashSet<SuspendedMethod> innermost = [.. program.Where(method => !awaited[method].Any(IsProgram))];

        // A method that in the end waits for itself is part of a cycle. Unless the cycle waits for something outside of it as well, it is a deadlock by itself.
        return program.Where(method =>
            innermost.Contains(method) || (awaited[method].Contains(method) && !awaited[method].Overlaps(innermost))
        );
    }

    private static Waiter WaiterAt(SuspendedMethod method, WaitGraph graph, AwaitLines lines)
    {
        SuspendedMethod? below = graph.AwaitedBy(method);
        SuspendedMethod lowest = Lowest(method, graph);
        object? last = lowest.Awaited;
        bool isProperty =
            lowest.StateMachine.GetType().DeclaringType is { } declaring
            && declaring.IsDefined(typeof(AwaitsPropertyAttribute), inherit: false);
        (string Host, string Connection)? connection = AwaitDescriptions.ConnectionOf(last);
        string what = AwaitDescriptions.Of(last);
        return new Waiter
        {
            Owner = connection?.Host ?? method.Record.Owner,
            Connection = connection?.Connection,
            WaitsFor = below switch
            {
                _ when isProperty => "a property to come true (EventuallyAsync)",
                null => what,
                _ when IsProgram(below) => $"the end of {MethodNames.Of(below.StateMachine.GetType())}",
                _ => $"{what}, inside {MethodNames.Of(below.StateMachine.GetType())}",
            },
            Since = method.Record.Since,
            Place = lines.PlaceOf(method),
            CalledFrom = [.. graph.ChainFrom(method).Where(IsProgram).Select(lines.PlaceOf)],
            Resumptions = method.Record.Resumptions,
            IsExpected = isProperty || AwaitDescriptions.IsForEver(last),
        };
    }

    /// <summary>Down through what is beneath the program, to where it ends.</summary>
    private static SuspendedMethod Lowest(SuspendedMethod method, WaitGraph graph)
    {
        HashSet<SuspendedMethod> seen = [method];
        while (graph.AwaitedBy(method) is { } below && seen.Add(below))
        {
            method = below;
        }

        return method;
    }

    private static Waiter ByNameOnly(AsyncMethodRecord record) =>
        new()
        {
            Owner = record.Owner,
            WaitsFor = "something that this runtime does not show",
            Since = record.Since,
            Place = new WaitPlace(MethodNames.Readable(record.Name)),
            Resumptions = record.Resumptions,
        };

    private static Waiter TaskAlone(Task main) => new() { Owner = "main", WaitsFor = AwaitDescriptions.Of(main) };

    private static bool IsProgram(SuspendedMethod method) =>
        ProgramCode.Contains(method.StateMachine.GetType().Assembly);
}
