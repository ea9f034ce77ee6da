using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

public class SerialExecutorTests
{
    [Clause("P-17")]
    [Fact]
    public async Task Of_many_threads_one_is_inside_and_everybody_gets_a_turn()
    {
        const int Threads = 6;
        const int Turns = 3000;
        SerialExecutor lane = new((callback, state) => ThreadPool.QueueUserWorkItem(callback.Invoke, state));
        int inside = 0;
        int turns = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(number => Task.Run(() => TakeTurnsAsync(number))))
            .WaitAsync(TimeSpan.FromSeconds(60));
        turns.ShouldBe(Threads * Turns);

        async Task TakeTurnsAsync(int number)
        {
            for (int turn = 0; turn < Turns; turn++)
            {
                // Some wait for their turn, as readers do; some try and come again, as writers do.
                if (number % 2 == 0)
                {
                    await lane.TurnAsync();
                    lane.Enter();
                }
                else
                {
                    while (!lane.TryEnter())
                    {
                        await Task.Yield();
                    }
                }

                lane.IsInside.ShouldBeTrue();
                Interlocked.Increment(ref inside).ShouldBe(1);
                turns++;
                Interlocked.Decrement(ref inside);
                lane.Leave();
            }
        }
    }

    [Fact]
    public void A_turn_that_is_taken_and_not_begun_keeps_others_out()
    {
        SerialExecutor lane = new((_, _) => { });
        lane.TurnAsync().IsCompletedSuccessfully.ShouldBeTrue();
        lane.IsInside.ShouldBeFalse();
        lane.TryEnter().ShouldBeFalse();
        lane.Enter();
        lane.IsInside.ShouldBeTrue();
        lane.Leave();
        lane.TryEnter().ShouldBeTrue();
    }
}
