using System.Collections.Concurrent;
using Deterministic.Faults;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tool;

/// <summary>A scenario's world on this machine, which is all of its hosts.</summary>
/// <remarks>Scenarios run on the thread pool here, so every member is safe on any thread.</remarks>
internal sealed class SocketWorld(ulong seed, bool keepTrace, FaultProfile? faults = null) : ScenarioWorld
{
    private readonly object _tracing = new();
    private readonly FaultySockets? _faulty = faults is null ? null : new FaultySockets(faults, seed);

    /// <summary>The hosts that run a program. Used as a set; there is no concurrent one.</summary>
    private readonly ConcurrentDictionary<string, byte> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Flows with the execution context of a host's program. Null in the scenario's own code.</summary>
    private readonly AsyncLocal<string?> _host = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly TaskCompletionSource<Finding> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first property that does not hold; later ones may be its consequences.</summary>
    public Task<Finding> Found => _found.Task;

    /// <summary>The scenario's notes. To be read after its end.</summary>
    public Trace Trace { get; } = new(keepTrace);

    /// <summary>The results of the scenario's <c>Sometimes</c> properties. To be read after its end.</summary>
    public SometimesResults SometimesResults { get; } = new();

    protected override TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    public override TimeProvider TimeProvider => TimeProvider.System;

    public override Random Random { get; } = new LockedRandom(seed);

    protected override string CallingHost => _host.Value ?? "main";

    public override INetwork Host(string name) =>
        new WatchedNetwork(
            _faulty is null ? SocketNetwork.Default : _faulty.Host(name, RecordFault),
            error => ReportUnhandled(error, name)
        );

    public override string HostAddress(string host) => "127.0.0.1";

    public override void StartHost(string name, Func<INetwork, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (!_hosts.TryAdd(name, 0))
        {
            throw new InvalidOperationException($"The host '{name}' already runs a program.");
        }

        _ = Task.Run(() => RunHostAsync(name, program));
    }

    public override void StopFaults() => _faulty?.Stop();

    /// <summary>The elapsed time of the run.</summary>
    public TimeSpan Time => Elapsed;

    public override void Note(string text) => Record(CallingHost, TraceKind.Note, text);

    public void TakeDown(string property, string detail) => Report(new Finding(property, Elapsed, detail));

    /// <summary>The scenario's own code has thrown.</summary>
    public void Failed(Exception error) => Report(NoException(error, host: null));

    protected override void Report(Finding finding)
    {
        Record(
            finding.Host,
            finding.Error is null ? TraceKind.Violation : TraceKind.Exception,
            finding.Error is null ? $"{finding.Property}: {finding.Detail}" : finding.Detail
        );
        _found.TrySetResult(finding);
    }

    protected override void Sight(string name, bool seen)
    {
        lock (_tracing)
        {
            SometimesResults.Add(name, seen);
        }
    }

    private async Task RunHostAsync(string name, Func<INetwork, Task> program)
    {
        _host.Value = name;
        try
        {
            await (
                program(Host(name))
                ?? throw new InvalidOperationException(
                    $"The program of the host '{name}' returned null instead of a task."
                )
            );
        }
        catch (Exception error)
        {
            Report(NoException(error, name));
        }
        finally
        {
            _hosts.TryRemove(name, out _);
        }
    }

    private Finding NoException(Exception error, string? host) =>
        new(
            BuiltInProperties.NoException,
            Elapsed,
            $"{(host is null ? "" : $"{host}: ")}{error.GetType().Name}: {error.Message}"
        )
        {
            Host = host ?? "main",
            Error = error,
            Place = WaitPlace.Of(error),
        };

    private void RecordFault(InjectedFault struck)
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

    private void Record(string host, TraceKind kind, string text)
    {
        lock (_tracing)
        {
            Trace.Record(Elapsed, host, 0, kind, text: text);
        }
    }
}
