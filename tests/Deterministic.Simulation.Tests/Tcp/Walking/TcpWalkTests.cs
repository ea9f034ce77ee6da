using System.Globalization;
using Deterministic.Simulation.Tcp;
using Xunit.Abstractions;

namespace Deterministic.Simulation.Tests;

/// <summary>
/// The simulated TCP keeps its invariants in every state, under every fault and every timer. <c>DETERMINISTIC_TCP_WALK_STEPS</c> makes it as long as wanted,
/// <c>DETERMINISTIC_TCP_WALK_SEED</c> begins it elsewhere; a failure names the seed of its walk.
/// </summary>
public sealed class TcpWalkTests(ITestOutputHelper output)
{
    private const long UsualSteps = 150_000;

    [Fact]
    public void A_random_walk_keeps_every_invariant_and_comes_to_rest()
    {
        long most = Setting("DETERMINISTIC_TCP_WALK_STEPS") ?? UsualSteps;
        ulong seed = (ulong)(Setting("DETERMINISTIC_TCP_WALK_SEED") ?? 1);
        long steps = 0;
        int states = 0;
        ulong walks = 0;
        while (steps < most)
        {
            (long taken, int seen) = TcpWalk.Play(seed + walks++);
            steps += taken;
            states |= seen;
        }

        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{steps} steps in {walks} walks from seed {seed} on")
        );
        foreach (TcpState state in Enum.GetValues<TcpState>().Where(state => state != TcpState.Closed))
        {
            (states & (1 << (int)state)).ShouldNotBe(0, $"no walk came to {state}");
        }
    }

    private static long? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
