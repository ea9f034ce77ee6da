using Deterministic.Exploration;
using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <summary>
/// One fault, and where, when, how often and how strongly it strikes. Create one with a method of <see cref="Fault"/>:
/// <c>Fault.Reset().Between("client", "server").AfterBytes(1000).AtMost(1)</c>. Command lines and tapes contain its text, which <see cref="Parse"/> reads.
/// </summary>
public sealed partial record FaultRule
{
    internal FaultRule(FaultKind kind)
    {
        Kind = kind;
        Spread = Descriptor.UsualSpread;
    }

    /// <summary>The kind of fault.</summary>
    public FaultKind Kind { get; }

    /// <summary>Where it may strike.</summary>
    public FaultScope Scope { get; private init; }

    /// <summary>Its trigger.</summary>
    public FaultTrigger Trigger { get; private init; }

    /// <summary>How many times it may strike in one run.</summary>
    public int Most { get; private init; } = int.MaxValue;

    /// <summary>The start of its span, in virtual time since the start of the world.</summary>
    public TimeSpan Begin { get; private init; }

    /// <summary>The end of its span, exclusive.</summary>
    public TimeSpan End { get; private init; } = TimeSpan.MaxValue;

    /// <summary>How long it lasts, or how much it delays.</summary>
    public DurationRange Time { get; private init; }

    /// <summary>The amount: bytes, bits a second or parts per million, depending on its kind; 0 if it takes none.</summary>
    public long Amount { get; private init; }

    /// <summary>A second amount: the bytes of a queue, or how much a size varies.</summary>
    public long Spread { get; private init; }

    /// <summary>The latency of packets; only for <see cref="FaultKind.Latency"/>.</summary>
    public LatencyDistribution? Distribution { get; private init; }

    /// <summary>Whether its mean time between two faults is shortened for short programs: <see cref="ScaledToRun"/>.</summary>
    public bool IsScaledToRun { get; private init; }

    /// <summary>The descriptor of its kind.</summary>
    public FaultDescriptor Descriptor => FaultCatalog.Of(Kind);

    /// <summary>Reads the text of a rule: a fault's name, then settings such as <c>on=client&gt;server p=10 at-most=1</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is not the text of a rule; the message says where and why.</exception>
    public static FaultRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text);
    }

    /// <summary>Only the packets and connection attempts from one host to another.</summary>
    /// <param name="from">The sender; null for any.</param>
    /// <param name="to">The receiver; null for any.</param>
    /// <exception cref="ArgumentException">A name is empty, too long, or holds white space or one of <c>* &lt; &gt;</c>.</exception>
    /// <exception cref="InvalidOperationException">The fault strikes hosts: use <see cref="At(string)"/>.</exception>
    public FaultRule On(string? from, string? to) => Within(new FaultScope(from, to, BothWays: false));

    /// <summary>Only between two hosts, in both directions; for faults of hosts, only one of these two.</summary>
    /// <param name="one">One host.</param>
    /// <param name="other">The other host.</param>
    /// <exception cref="ArgumentException">As <see cref="On"/>.</exception>
    public FaultRule Between(string one, string other) => Within(new FaultScope(one, other, BothWays: true));

    /// <summary>Only at one host; for faults of packets and connections, only those to it.</summary>
    /// <param name="host">Its name.</param>
    /// <exception cref="ArgumentException">As <see cref="On"/>.</exception>
    public FaultRule At(string host) => On(from: null, host);

    /// <summary>Only what a host sends or receives.</summary>
    /// <param name="host">Its name.</param>
    /// <exception cref="ArgumentException">As <see cref="On"/>.</exception>
    public FaultRule Touching(string host) => Within(new FaultScope(From: null, host, BothWays: true));

    /// <summary>Only in a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <exception cref="ArgumentException">As <see cref="On"/>.</exception>
    /// <exception cref="InvalidOperationException">The fault strikes hosts, and the scope is from one to another.</exception>
    public FaultRule Within(FaultScope scope)
    {
        scope.Check();
        Descriptor.Check(scope);
        return this with { Scope = scope };
    }

    /// <summary>At each opportunity with a probability.</summary>
    /// <param name="perMille">In thousandths, 0 to 1000.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule WithProbability(int perMille) => When(FaultTrigger.Probability(perMille));

    /// <summary>Only at the Nth opportunity.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule Nth(long number) => When(FaultTrigger.Nth(number));

    /// <summary>Once for each connection and direction, right after the given number of bytes.</summary>
    /// <param name="bytes">The number of bytes.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule AfterBytes(long bytes) => When(FaultTrigger.AfterBytes(bytes));

    /// <summary>At a point in time.</summary>
    /// <param name="time">Since the start of the world.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule At(TimeSpan time) => When(FaultTrigger.At(time));

    /// <summary>Repeatedly.</summary>
    /// <param name="mean">The average interval.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule Every(TimeSpan mean) => When(FaultTrigger.Every(mean));

    /// <summary>
    /// Shortens the mean of <see cref="Every"/> for a program that without faults takes less than a minute of virtual time (<see cref="FaultProfile.CalmTime"/>): while the program would run
    /// without faults, the fault is injected as often as the mean gives for a minute. After that, and if that time is unknown, the mean is not scaled.
    /// </summary>
    /// <exception cref="InvalidOperationException">Its trigger is not <see cref="Every"/>.</exception>
    public FaultRule ScaledToRun() =>
        Trigger.Kind == FaultTriggerKind.Every
            ? this with
            {
                IsScaledToRun = true,
            }
            : throw new InvalidOperationException("Only a repeated fault can be scaled to the run: set 'every' first.");

    /// <summary>With any trigger that its kind takes.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger; the message names those that it takes.</exception>
    public FaultRule When(FaultTrigger trigger)
    {
        Descriptor.Check(trigger);
        return this with { Trigger = trigger, IsScaledToRun = false };
    }

    /// <summary>Only in a span of time.</summary>
    /// <param name="begin">The start, since the start of the world.</param>
    /// <param name="end">The end, exclusive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative or empty.</exception>
    public FaultRule During(TimeSpan begin, TimeSpan end)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(begin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, begin);
        return this with { Begin = begin, End = end };
    }

    /// <summary>A bounded number of times in one run.</summary>
    /// <param name="times">The bound.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public FaultRule AtMost(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        return this with { Most = times };
    }

    /// <summary>How long it lasts, or how much it delays.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    /// <exception cref="InvalidOperationException">The fault takes no time.</exception>
    public FaultRule For(TimeSpan least, TimeSpan? most = null)
    {
        Descriptor.Check(FaultSetting.Time);
        return this with { Time = new DurationRange(least, most ?? least) };
    }

    /// <summary>Its text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => Format(this);

    /// <summary>Draws how long it lasts, or how much it delays, this time.</summary>
    internal TimeSpan DrawTime(ChoiceSource choices) => Time.Draw(choices, Descriptor.Choice);

    internal FaultRule Of(long amount, long spread = 0)
    {
        Descriptor.Check(FaultSetting.Amount);
        Descriptor.CheckAmount(amount);
        Descriptor.CheckSpread(spread);
        return this with { Amount = amount, Spread = spread };
    }

    internal FaultRule Of(LatencyDistribution distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        Descriptor.Check(FaultSetting.Distribution);
        return this with { Distribution = distribution };
    }
}
