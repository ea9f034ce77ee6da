using FsCheck;
using FsCheck.Fluent;

namespace Deterministic.Core.Tests;

/// <summary>What properties are given: a property names the classes that it takes its arguments from.</summary>
internal static class Arbitraries
{
    internal static class ReaderScripts
    {
        public static Arbitrary<ReaderScript> Scripts() => Arb.From(ReaderScript.All, ReaderScript.Shrink);
    }

    internal static class WideReaderScripts
    {
        public static Arbitrary<ReaderScript> Scripts() => Arb.From(ReaderScript.Wide, ReaderScript.Shrink);
    }

    internal static class ReaderScriptsWithoutSkips
    {
        public static Arbitrary<ReaderScript> Scripts() => Arb.From(ReaderScript.WithoutSkips, ReaderScript.Shrink);
    }

    internal static class ConnectionScripts
    {
        public static Arbitrary<ConnectionScript> Scripts() => Arb.From(ConnectionScript.All, ConnectionScript.Shrink);
    }

    internal static class Separators
    {
        public static Arbitrary<SeparatorCase> Cases() => SeparatorCases.All.ToArbitrary();
    }

    internal static class ShortSeparators
    {
        public static Arbitrary<SeparatorCase> Cases() =>
            SeparatorCases.All.Where(world => world.Set.Longest < 1000).ToArbitrary();
    }
}
