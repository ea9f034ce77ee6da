using FsCheck;
using FsCheck.Fluent;

namespace Deterministic.Simulation.Tests;

/// <summary>Properties with a fixed seed: a test that fails here fails everywhere, and every time.</summary>
internal static class Check
{
    public static void ThatAll<T>(Gen<T> generator, Action<T> property) =>
        Prop.ForAll(generator.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithReplay(20000101, 1));

    public static void ThatAll<T>(Action<T> property) => ThatAll(ArbMap.Default.GeneratorFor<T>(), property);
}
