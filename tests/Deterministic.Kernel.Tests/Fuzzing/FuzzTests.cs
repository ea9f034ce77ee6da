namespace Deterministic.Kernel.Tests;

/// <summary>What a random program meets on this machine's sockets, it can meet in the simulation.</summary>
/// <remarks>More of it, from another seed: <c>dotnet run --project tests/Deterministic.Kernel.Tests -- fuzz COUNT SEED</c>.</remarks>
public sealed class FuzzTests
{
    private const int Programs = 40;
    private const int AtOnce = 10;

    public static IEnumerable<object[]> Firsts =>
        Enumerable.Range(0, Programs / AtOnce).Select(static block => (object[])[block * AtOnce]);

    [LinuxTheory(privileged: false)]
    [MemberData(nameof(Firsts))]
    public async Task Random_programs_meet_on_sockets_only_what_the_simulation_can_show(int first)
    {
        string?[] differences = await Task.WhenAll(
            Enumerable.Range(first, AtOnce).Select(static seed => Fuzzer.CompareAsync(FuzzProgram.Draw(seed)))
        );
        differences.ShouldAllBe(difference => difference == null);
    }
}
