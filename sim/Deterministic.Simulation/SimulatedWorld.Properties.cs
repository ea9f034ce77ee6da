using System.Runtime.ExceptionServices;
using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Programs;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation;

/// <content>What must hold, and what was found.</content>
public sealed partial class SimulatedWorld
{
    /// <summary>The first property found not to hold in the last run; later ones may be its consequences. Null if none.</summary>
    public Finding? Finding { get; private set; }

    /// <summary>What must happen in some run, and whether it did in this world.</summary>
    public SometimesResults SometimesResults { get; } = new();

    /// <inheritdoc/>
    protected override TimeSpan Elapsed => Scheduler.Now;

    /// <inheritdoc/>
    protected override string CallingHost => HostHere;

    /// <summary>The host whose program runs: by its flow if it has one, else by where its continuations go, else by whom the item concerns.</summary>
    internal string HostHere =>
        !Scheduler.RunsHere ? MainHost
        : ProgramScope.Here is { } scope ? scope.HostName
        : SynchronizationContext.Current is SimulationSynchronizationContext context ? context.Owner
        : Scheduler.CurrentOwner;

    /// <inheritdoc/>
    /// <exception cref="SimulationEscapeException">Called on a foreign thread.</exception>
    public override void Note(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Scheduler.VerifyAccess("A note in the trace of the simulation");
        Trace.Record(Scheduler.Now, HostHere, 0, TraceKind.Note, text: text);
    }

    /// <inheritdoc/>
    protected override void Report(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        Scheduler.VerifyAccess("Stating a property in the simulation");
        Trace.Record(
            Scheduler.Now,
            finding.Host,
            0,
            finding.Error is null ? TraceKind.Violation : TraceKind.Exception,
            text: finding.Error is null ? $"{finding.Property}: {finding.Detail}" : finding.Detail
        );

        // What is found after the run has left its thread or its tape is most likely a consequence of that.
        if (Finding is null && Scheduler.Escape is null && Choices.Failure is null)
        {
            Finding = finding.IsAboutWaiting ? finding with { Waiters = Scheduler.WaitersNow(_main) } : finding;
            Scheduler.Stop(
                finding.Error ?? ExceptionDispatchInfo.SetCurrentStackTrace(new PropertyViolatedException(Finding)),
                finding.Host
            );
        }
    }

    /// <inheritdoc/>
    protected override void Sight(string name, bool seen)
    {
        Scheduler.VerifyAccess("Stating a property in the simulation");
        SometimesResults.Add(name, seen);
    }

    /// <summary>Where a run of this world failed.</summary>
    /// <param name="finding">What did not hold.</param>
    /// <param name="cause">What was thrown, or null.</param>
    internal FailurePoint PointOf(Finding finding, Exception? cause)
    {
        if (cause is not (null or PropertyViolatedException) && Scheduler.Thrown.Find(cause) is { } thrown)
        {
            return thrown;
        }

        int violation = Trace.IndexOfViolation(finding.Property);
        return violation < 0
            ? new FailurePoint(finding.Time, finding.Host, Trace.Count)
            : new FailurePoint(finding.Time, Trace.Events[violation].Host, violation);
    }

    /// <summary>Ends the run, since a property does not hold that the world itself watches. Never on the stack of the program, which could swallow it.</summary>
    internal void Violate(string host, string name, string detail) =>
        Report(new Finding(name, Scheduler.Now, detail) { Host = host });
}
