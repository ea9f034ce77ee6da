using System.Diagnostics;
using System.Runtime.CompilerServices;
using Deterministic.Simulation.Stacks;
using Deterministic.Simulation.Waiting;

namespace Deterministic.Simulation;

/// <content>What must hold.</content>
[AwaitsProperty]
public abstract partial class ScenarioWorld
{
    /// <summary>The longest pause between two looks at a condition that must come true.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>States what must hold whenever this line is reached. If it does not, that is a finding, and the run stops soon after.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="property">Its name, the same in every run.</param>
    /// <param name="detail">What is wrong if it does not hold.</param>
    /// <param name="file">The caller's source file; the compiler fills it in.</param>
    /// <param name="line">The caller's line; the compiler fills it in.</param>
    public void Always(
        bool condition,
        string property,
        string detail,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        if (!condition)
        {
            CodePlace? caller = CodePlaces.Caller(new StackTrace(fNeedFileInfo: false));
            Report(Found(property, detail) with { Place = WaitPlace.From(CodePlaces.At(caller, file, line)) });
        }
    }

    /// <summary>States what must hold here in at least one of many runs, such as that a buffer is full. If it holds in none, that is a finding about all of them.</summary>
    /// <param name="condition">What must hold sometimes.</param>
    /// <param name="property">Its name, the same in every run.</param>
    public void Sometimes(bool condition, string property)
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        Sight(property, condition);
    }

    /// <summary>States that this line is reached in at least one of many runs. To be missed it must be in <see cref="Scenario.Reachable"/>.</summary>
    /// <param name="property">Its name, the same in every run.</param>
    public void Reachable(string property) => Sometimes(condition: true, property);

    /// <summary>
    /// States what must come true once nothing disturbs it any more: the faults stop here, for the rest of the run, and within a bound the condition must hold. If it does not, that is a
    /// finding, with what waits for what at that time. In a world that cannot stop faults only the bound counts.
    /// </summary>
    /// <param name="condition">What must come true; asked again and again, and free of effects.</param>
    /// <param name="property">Its name, the same in every run.</param>
    /// <param name="within">How long it may take.</param>
    /// <param name="detail">Says what is wrong if it takes longer. Called then, so that it can say how things stand at that time.</param>
    /// <param name="member">The caller's name; the compiler fills it in.</param>
    /// <param name="file">The caller's source file; the compiler fills it in.</param>
    /// <param name="line">The caller's line; the compiler fills it in.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="within"/> is not positive.</exception>
    public async Task EventuallyAsync(
        Func<bool> condition,
        string property,
        TimeSpan within,
        Func<string> detail,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(property);
        ArgumentNullException.ThrowIfNull(detail);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(within, TimeSpan.Zero);
        StopFaults();
        long start = TimeProvider.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(1);
        while (!condition())
        {
            TimeSpan left = within - TimeProvider.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                string what = $"{detail()} (not within {within:c} after the faults had stopped)";
                Report(
                    Found(property, what) with
                    {
                        Place = WaitPlace.From(CodePlaces.At(new CodePlace(member), file, line)),
                        IsAboutWaiting = true,
                    }
                );
                return;
            }

            // In the program's context: the condition is the program's.
            await Task.Delay(pause < left ? pause : left, TimeProvider).ConfigureAwait(true);
            pause = pause < LongestPause ? 2 * pause : LongestPause;
        }
    }

    /// <summary>Records a finding: the first one counts, and ends the run.</summary>
    /// <param name="finding">What does not hold.</param>
    protected abstract void Report(Finding finding);

    /// <summary>Records whether what must happen sometimes happened now.</summary>
    /// <param name="name">Which.</param>
    /// <param name="seen">Whether it did.</param>
    protected abstract void Sight(string name, bool seen);

    private Finding Found(string property, string detail) => new(property, Elapsed, detail) { Host = CallingHost };
}
