using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Deterministic.Core.Tests;

/// <summary>
/// Runs properties. The seed is fixed, so that a test that fails here fails everywhere; set <c>FSCHECK_REPLAY</c> to the
/// <c>(seed,gamma,size)</c> that a failure printed, or to <c>fresh</c>, and <c>FSCHECK_TESTS</c> to a number of cases, to run others.
/// </summary>
internal static class Check
{
    private const ulong Seed = 20000101;
    private const ulong Gamma = 1;

    public static void That<T>(
        Gen<T> cases,
        Action<T> property,
        Func<T, IEnumerable<T>>? shrink = null,
        int tests = 1000
    )
    {
        Arbitrary<T> arbitrary = shrink is null ? cases.ToArbitrary() : Arb.From(cases, shrink);
        Config config = Replayed(Config.QuickThrowOnFailure.WithMaxTest(Tests(tests)));
        Prop.ForAll(arbitrary, property).Check(config);
    }

    private static int Tests(int tests) =>
        int.TryParse(Environment.GetEnvironmentVariable("FSCHECK_TESTS"), CultureInfo.InvariantCulture, out int asked)
            ? asked
            : tests;

    private static Config Replayed(Config config)
    {
        string? replay = Environment.GetEnvironmentVariable("FSCHECK_REPLAY");
        if (string.Equals(replay, "fresh", StringComparison.Ordinal))
        {
            return config;
        }

        string[] parts = (replay ?? "").Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries);
        ulong[] given = [.. parts.Select(part => ulong.Parse(part, CultureInfo.InvariantCulture))];
        return given switch
        {
            [ulong seed, ulong gamma, ulong size, ..] => config.WithReplay(seed, gamma, (int)size),
            [ulong seed, ulong gamma] => config.WithReplay(seed, gamma),
            _ => config.WithReplay(Seed, Gamma),
        };
    }
}
