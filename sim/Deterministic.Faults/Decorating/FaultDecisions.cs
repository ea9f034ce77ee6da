using System.Net;
using Deterministic.Exploration;
using Deterministic.Faults.Engine;

namespace Deterministic.Faults.Decorating;

/// <summary>What the decorated networks of several hosts share: the active rules, the source of decisions, the time, and the names of hosts.</summary>
/// <remarks>
/// <para>
/// The map of this folder. <see cref="FaultyNetwork"/> decorates a network: <see cref="FaultyConnect"/> an attempt to connect, <see cref="FaultyListener"/> a listener, and
/// <see cref="FaultyTransport"/> a connection, with one <see cref="FaultyDirection"/> for each way. <see cref="BlockSchedule"/> says which ways are blocked now, <see cref="AddressBook"/>
/// which host an address belongs to.
/// </para>
/// <para>
/// <see cref="Gate"/> guards the decisions. It may be taken while the lock of a transport is held, never the other way round; nothing is called with it held but <see cref="OnStruck"/>.
/// </para>
/// </remarks>
internal sealed class FaultDecisions : IFaultEnvironment
{
    private readonly long _start;
    private readonly BlockSchedule _blocks;
    private readonly LinkedList<FaultyTransport> _waiting = new();
    private long _connections;

    public FaultDecisions(
        TimeProvider time,
        FaultProfile profile,
        ChoiceSource choices,
        Func<EndPoint, string?>? nameOf
    )
    {
        Time = time;
        _start = time.GetTimestamp();
        Choices = choices;
        Latency = profile.HasLatencyOfItsOwn ? profile.Latency : null;
        Capacity = profile.WindowBytes;
        Unsupported = [.. profile.Rules.Where(rule => !SupportedFaults.Supports(rule.Kind))];
        Injector = new FaultInjector(
            this,
            profile with
            {
                Rules = [.. profile.Rules.Where(rule => SupportedFaults.Supports(rule.Kind))],
            }
        );
        Names = new AddressBook(nameOf);
        _blocks = new BlockSchedule(Injector.AtTimes, this, Names.Hosts);
        IsPlain = Latency is null && Injector.IsEmpty;
    }

    public Lock Gate { get; } = new();

    public TimeProvider Time { get; }

    public TimeSpan Now => Time.GetElapsedTime(_start);

    public ChoiceSource Choices { get; }

    /// <summary>To be asked with <see cref="Gate"/> held.</summary>
    public FaultInjector Injector { get; }

    public AddressBook Names { get; }

    public EndedConnections Ended { get; } = new();

    /// <summary>How long everything travels, faults aside; null for no longer than it does.</summary>
    public LatencyDistribution? Latency { get; }

    /// <summary>How many bytes of one direction of a connection may be under way above the network.</summary>
    public int Capacity { get; }

    public IReadOnlyList<FaultRule> Unsupported { get; }

    /// <summary>Whether nothing is to be done at all.</summary>
    public bool IsPlain { get; }

    /// <summary>Called for each fault that strikes, with <see cref="Gate"/> held.</summary>
    public Action<InjectedFault>? OnStruck { get; set; }

    public long NextConnection() => Interlocked.Increment(ref _connections);

    public void Note(FaultRule rule, in InjectionPoint site, TimeSpan time) =>
        OnStruck?.Invoke(new InjectedFault(Now, rule, site.From, site.To, site.Connection, time));

    public void NoteCut(FaultRule rule, in InjectionPoint site) => Note(rule, site, TimeSpan.Zero);

    /// <summary>Until when nothing passes from one host to another, as far as is known by now; a time that has passed if it is open.</summary>
    public TimeSpan BlockedUntil(string from, string to)
    {
        if (_blocks.IsIdle)
        {
            return TimeSpan.Zero;
        }

        lock (Gate)
        {
            return _blocks.BlockedUntil(from, to);
        }
    }

    /// <summary>From here on no fault strikes, and those that last are over.</summary>
    public void Stop()
    {
        FaultyTransport[] waiting;
        lock (Gate)
        {
            Injector.Stop();
            _blocks.Stop();
            waiting = [.. _waiting];
        }

        foreach (FaultyTransport transport in waiting)
        {
            transport.FaultsStopped();
        }
    }

    /// <summary>A transport has begun to make things wait.</summary>
    /// <returns>For <see cref="Remove"/>.</returns>
    public LinkedListNode<FaultyTransport> Add(FaultyTransport transport)
    {
        lock (Gate)
        {
            return _waiting.AddLast(transport);
        }
    }

    public void Remove(LinkedListNode<FaultyTransport> waiting)
    {
        lock (Gate)
        {
            _waiting.Remove(waiting);
        }
    }
}
