using System.Collections.Concurrent;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tool;

/// <summary>A scenario's view of this machine, which is all of its hosts.</summary>
/// <remarks>Scenarios run on the thread pool here, so every member is safe on any thread.</remarks>
internal sealed class SocketWorld(ulong seed, bool keepTrace, FaultProfile? faults = null) : ScenarioWorld
{
    private readonly object _tracing = new();
    private readonly FaultySockets? _faulty = faults is null ? null : new FaultySockets(faults, seed);

    /// <summary>Those that run a program. A set; there is no concurrent one.</summary>
    private readonly ConcurrentDictionary<string, byte> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly TaskCompletionSource<Finding> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first property found not to hold; later ones may be its consequences.</summary>
    public Task<Finding> Found => _found.Task;

    /// <summary>What the scenario noted. To be read once it has ended.</summary>
    public Trace Trace { get; } = new(keepTrace);

    /// <summary>What the scenario looked for and saw. To be read once it has ended.</summary>
    public Sightings Sightings { get; } = new();

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    public override TimeProvider TimeProvider => TimeProvider.System;

    public override Random Random { get; } = new LockedRandom(seed);

    public override INetwork Host(string name) =>
        _faulty is null ? SocketNetwork.Default : _faulty.Host(name, RecordFault);

    public override string HostAddress(string host) => "127.0.0.1";

    public override void StartHost(string name, Func<INetwork, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (!_hosts.TryAdd(name, 0))
        {
            throw new InvalidOperationException($"The host '{name}' runs a program already.");
        }

        _ = Task.Run(() => RunHostAsync(name, program));
    }

    public override void StopFaults() => _faulty?.Stop();

    public override void Note(string text) => Record(TraceKind.Note, text);

    public void TakeDown(string property, string detail)
    {
        Record(TraceKind.Violation, property);
        _found.TrySetResult(new Finding(property, Elapsed, detail));
    }

    protected override void Report(string name, string detail) => TakeDown(name, detail);

    protected override void Sight(string name, bool seen)
    {
        lock (_tracing)
        {
            Sightings.Add(name, seen);
        }
    }

    private async Task RunHostAsync(string name, Func<INetwork, Task> program)
    {
        try
        {
            await program(Host(name));
        }
        catch (Exception error)
        {
            TakeDown(BuiltInProperties.NoException, $"{name}: {error.GetType().Name}: {error.Message}");
        }
        finally
        {
            _hosts.TryRemove(name, out _);
        }
    }

    private void RecordFault(StruckFault struck)
    {
        lock (_tracing)
        {
            Trace.Record(
                Elapsed,
                struck.To,
                struck.Connection,
                TraceKind.Fault,
                (long)struck.Lasts.TotalMicroseconds,
                struck.Rule.Descriptor.Name
            );
        }
    }

    private void Record(TraceKind kind, string text)
    {
        lock (_tracing)
        {
            Trace.Record(Elapsed, "main", 0, kind, text: text);
        }
    }
}
