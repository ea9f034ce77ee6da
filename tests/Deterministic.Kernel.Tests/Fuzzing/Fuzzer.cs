using Deterministic.Simulation;

namespace Deterministic.Kernel.Tests;

/// <summary>Plays random programs on this machine's sockets and in the simulation. What sockets did once, the simulation must be able to do.</summary>
internal static class Fuzzer
{
    /// <summary>So many seeds show most of what a program that races can come to.</summary>
    private const ulong FewSeeds = 8;

    /// <summary>And so many show what is rare.</summary>
    private const ulong ManySeeds = 1000;

    /// <summary>A machine that is busy gets longer: what is no race must be alike then, and what is one is played again.</summary>
    private static readonly TimeSpan[] Calms =
    [
        TimeSpan.FromMilliseconds(8),
        TimeSpan.FromMilliseconds(40),
        TimeSpan.FromMilliseconds(150),
        TimeSpan.FromMilliseconds(400),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Compares one program.</summary>
    /// <returns>Null, or how the two differ.</returns>
    public static async Task<string?> CompareAsync(FuzzProgram program)
    {
        HashSet<string> simulated = [];
        ulong seed = 0;
        string real = "";
        foreach (TimeSpan calm in Calms)
        {
            real = await FuzzPlay.RunAsync(new RealFuzzWorld(calm), program).WaitAsync(Patience);
            ulong most = calm == Calms[0] ? FewSeeds : ManySeeds;
            while (!simulated.Contains(real) && seed < most)
            {
                simulated.Add(InSimulation(program, ++seed));
            }

            if (simulated.Contains(real))
            {
                return null;
            }
        }

        return $"{program}\n--- sockets\n{real}\n--- the simulation, one of {simulated.Count}\n{Nearest(simulated, real)}";
    }

    /// <summary>The smallest program that still differs.</summary>
    public static async Task<string> ShrinkAsync(FuzzProgram program, string difference)
    {
        bool smaller = true;
        while (smaller)
        {
            smaller = false;
            foreach (FuzzProgram candidate in program.Smaller())
            {
                if (await CompareAsync(candidate) is { } found)
                {
                    (program, difference, smaller) = (candidate, found, true);
                    break;
                }
            }
        }

        return difference;
    }

    private static string InSimulation(FuzzProgram program, ulong seed)
    {
        SimulatedWorld world = new(seed);
        string outcome = "";
        world
            .Run(async () =>
                outcome = await FuzzPlay.RunAsync(new SimulatedFuzzWorld(world, seed, program.IsUnix), program)
            )
            .ThrowIfNotCompleted();
        return outcome;
    }

    private static string Nearest(IEnumerable<string> outcomes, string real)
    {
        string[] lines = real.Split('\n');
        return outcomes.MaxBy(outcome => outcome.Split('\n').Zip(lines).Count(pair => pair.First == pair.Second))!;
    }
}
