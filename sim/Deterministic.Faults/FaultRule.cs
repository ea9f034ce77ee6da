using Deterministic.Exploration;
using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <summary>
/// One fault, and where, when, how often and how strongly it strikes. Begin with a method of <see cref="Fault"/>:
/// <c>Fault.Reset().Between("client", "server").AfterBytes(1000).AtMost(1)</c>. Its text, which <see cref="Parse"/> reads, is what command lines and tapes hold.
/// </summary>
public sealed partial record FaultRule
{
    internal FaultRule(FaultKind kind)
    {
        Kind = kind;
        Spread = Descriptor.UsualSpread;
    }

    /// <summary>Which fault.</summary>
    public FaultKind Kind { get; }

    /// <summary>Where it may strike.</summary>
    public FaultScope Scope { get; private init; }

    /// <summary>What makes it strike.</summary>
    public FaultTrigger Trigger { get; private init; }

    /// <summary>How many times it strikes in one run, at the most.</summary>
    public int Most { get; private init; } = int.MaxValue;

    /// <summary>From when on it may strike, in virtual time since the start of the world.</summary>
    public TimeSpan Begin { get; private init; }

    /// <summary>Until when it may strike.</summary>
    public TimeSpan End { get; private init; } = TimeSpan.MaxValue;

    /// <summary>How long it lasts, or how much it delays.</summary>
    public DurationRange Time { get; private init; }

    /// <summary>How strong it is: bytes, bits a second or parts per million, as its kind has it; 0 where that has no meaning.</summary>
    public long Amount { get; private init; }

    /// <summary>A second amount: the bytes of a queue, or how much a size varies.</summary>
    public long Spread { get; private init; }

    /// <summary>How long packets travel; for <see cref="FaultKind.Latency"/> alone.</summary>
    public LatencyDistribution? Distribution { get; private init; }

    /// <summary>Whether its mean time between two faults is shortened for short programs: <see cref="ScaledToRun"/>.</summary>
    public bool IsScaledToRun { get; private init; }

    /// <summary>What is known of its kind.</summary>
    public FaultDescriptor Descriptor => FaultCatalog.Of(Kind);

    /// <summary>Reads the text of a rule: a fault's name, then settings such as <c>on=client&gt;server p=10 at-most=1</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is not the text of a rule; the message says where, and what would be.</exception>
    public static FaultRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text);
    }

    /// <summary>Only what one host sends another, or asks it for.</summary>
    /// <param name="from">Who sends; null for any.</param>
    /// <param name="to">To whom; null for any.</param>
    /// <exception cref="ArgumentException">A name is empty, too long, or holds white space or one of <c>* &lt; &gt;</c>.</exception>
    /// <exception cref="InvalidOperationException">The fault strikes hosts: say <see cref="At(string)"/>.</exception>
    public FaultRule On(string? from, string? to) => Within(new FaultScope(from, to, BothWays: false));

    /// <summary>Only between two hosts, in both directions; for faults of hosts, only one of these two.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
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

    /// <summary>Only there.</summary>
    /// <param name="scope">Where.</param>
    /// <exception cref="ArgumentException">As <see cref="On"/>.</exception>
    /// <exception cref="InvalidOperationException">The fault strikes hosts, and the scope is from one to another.</exception>
    public FaultRule Within(FaultScope scope)
    {
        scope.Check();
        Descriptor.Check(scope);
        return this with { Scope = scope };
    }

    /// <summary>Each time with a probability.</summary>
    /// <param name="perMille">In thousandths, 0 to 1000.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule WithProbability(int perMille) => When(FaultTrigger.Probability(perMille));

    /// <summary>Only the Nth time that it could strike.</summary>
    /// <param name="number">Which, from 1.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule Nth(long number) => When(FaultTrigger.Nth(number));

    /// <summary>Once for each connection and direction, right behind so many bytes.</summary>
    /// <param name="bytes">How many.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule AfterBytes(long bytes) => When(FaultTrigger.AfterBytes(bytes));

    /// <summary>At a point in time.</summary>
    /// <param name="time">Since the start of the world.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule At(TimeSpan time) => When(FaultTrigger.At(time));

    /// <summary>Again and again.</summary>
    /// <param name="mean">How far apart on average.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger.</exception>
    public FaultRule Every(TimeSpan mean) => When(FaultTrigger.Every(mean));

    /// <summary>
    /// Shortens the mean of <see cref="Every"/> for a program that without faults takes less than a minute of virtual time (<see cref="FaultProfile.CalmTime"/>): while the program would run
    /// without faults, the fault is injected as often as the mean has it for a minute. After that, and where that time is not known, the mean itself holds.
    /// </summary>
    /// <exception cref="InvalidOperationException">Its trigger is not <see cref="Every"/>.</exception>
    public FaultRule ScaledToRun() =>
        Trigger.Kind == FaultTriggerKind.Every
            ? this with
            {
                IsScaledToRun = true,
            }
            : throw new InvalidOperationException("Only what is repeated is scaled to the run: give it 'every' first.");

    /// <summary>With any trigger that its kind takes.</summary>
    /// <param name="trigger">What makes it strike.</param>
    /// <exception cref="InvalidOperationException">The fault takes no such trigger; the message names those that it takes.</exception>
    public FaultRule When(FaultTrigger trigger)
    {
        Descriptor.Check(trigger);
        return this with { Trigger = trigger, IsScaledToRun = false };
    }

    /// <summary>Only in a span of time.</summary>
    /// <param name="begin">From when, since the start of the world.</param>
    /// <param name="end">Until when.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative or empty.</exception>
    public FaultRule During(TimeSpan begin, TimeSpan end)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(begin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, begin);
        return this with { Begin = begin, End = end };
    }

    /// <summary>A bounded number of times in one run.</summary>
    /// <param name="times">How many.</param>
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

    /// <summary>How long it lasts, or how much it delays, this time.</summary>
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
