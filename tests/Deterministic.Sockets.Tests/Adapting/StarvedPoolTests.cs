namespace Deterministic.Sockets.Tests;

/// <summary>Where sockets can be watched, as on Linux, a blocking call ends although no thread of the pool is free: while it blocks, its own thread does what brings the result.</summary>
public sealed class StarvedPoolTests : GuardedTest
{
    public static TheoryData<string> Scenes => [.. StarvedPool.Scenes.Keys];

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task Blocking_calls_on_all_threads_of_the_pool_end(string scene)
    {
        using Child child = Child.Start("starved", scene);
        (await child.HearAsync("", Guard)).ShouldBe($"done {scene}");
    }
}
