using Deterministic.Exploration;
using Deterministic.Simulation.Scheduling;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

public class ReadyOrderTests
{
    [Fact]
    public void Choice_zero_is_first_in_first_out()
    {
        var world = new World(FixedStrategy.First);
        foreach (var word in new[] { "a", "b", "c", "d" })
        {
            world.Post(word);
        }

        world.Drain();
        world.Said.ShouldBe(["a", "b", "c", "d"]);
        world.Choices.Recorded.Select(choice => choice.Alternatives).ShouldBe([4, 3, 2]);
    }

    [Fact]
    public void Taking_a_later_item_puts_the_oldest_into_its_place()
    {
        var answers = new Queue<int>([2, 1, 0]);
        var world = new World(new FixedStrategy((_, _) => answers.Dequeue()));
        foreach (var word in new[] { "a", "b", "c", "d" })
        {
            world.Post(word);
        }

        world.Drain();
        // a b c d: takes c, leaves b a d; takes a, leaves b d; takes b.
        world.Said.ShouldBe(["c", "a", "b", "d"]);
    }

    [Fact]
    public void A_tape_of_zeros_starves_nobody()
    {
        var world = new World(FixedStrategy.First);
        var turns = new int[5];
        void Spin(object? who)
        {
            turns[(int)who!]++;
            world.Scheduler.Post("test", Spin, who);
        }

        for (var i = 0; i < turns.Length; i++)
        {
            world.Scheduler.Post("test", Spin, i);
        }

        world.Scheduler.RunUntil(() => world.Scheduler.Steps == 500);
        turns.ShouldAllBe(count => count == 100);
    }

    [Fact]
    public void A_single_ready_item_is_no_choice()
    {
        var world = new World();
        world.Post("a");
        world.Drain();
        world.Choices.Recorded.ShouldBeEmpty();
    }

    [Property]
    public void The_queue_behaves_as_a_list_whose_head_fills_the_gap(byte[] operations)
    {
        var queue = new ReadyQueue();
        var model = new List<object>();
        // Offset by a round of the ring, and enough adds to make it grow while wrapped.
        foreach (
            var operation in Enumerable.Repeat((byte)0, 70).Concat(operations).Concat(Enumerable.Repeat((byte)1, 70))
        )
        {
            if (operation % 3 == 0 || model.Count == 0)
            {
                var item = new object();
                queue.Add(new ReadyItem(static _ => { }, item, "", null));
                model.Add(item);
            }
            else
            {
                var place = operation % model.Count;
                queue.Take(place).State.ShouldBeSameAs(model[place]);
                model[place] = model[0];
                model.RemoveAt(0);
            }

            queue.Count.ShouldBe(model.Count);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_others_give_others()
    {
        static string OrderOf(ChoiceStrategy strategy, out IReadOnlyList<Choice> choices)
        {
            var world = new World(strategy);
            for (var i = 0; i < 8; i++)
            {
                var name = (char)('a' + i);
                world.Scheduler.Context.Post(_ => _ = Talk(world, name), null);
            }

            world.Drain().ThrowIfNotCompleted();
            choices = world.Choices.Recorded;
            return string.Concat(world.Said);
        }

        var orders = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0ul; seed < 20; seed++)
        {
            var order = OrderOf(new RandomStrategy(seed), out var choices);
            OrderOf(new RandomStrategy(seed), out var again).ShouldBe(order);
            again.ShouldBe(choices);
            var replay = new ReplayStrategy(Tapes.Of([.. choices]));
            OrderOf(replay, out _).ShouldBe(order);
            replay.IsUsedUp.ShouldBeTrue();
            orders.Add(order);
        }

        orders.Count.ShouldBe(20);
    }

    private static async Task Talk(World world, char name)
    {
        for (var i = 0; i < 3; i++)
        {
            world.Said.Add($"{name}{i} ");
            await Task.Yield();
            await Task.Delay(TimeSpan.FromSeconds(1), world.Time);
        }
    }
}
