using System.Reflection.Emit;
using Deterministic.Faults;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Transports;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>An error that arises in the simulator's own code is the simulator's; what its code throws for the program to see, or the program throws, is not.</summary>
public sealed class SimulatorErrorTests
{
    public static TheoryData<string, Action<SimulatedWorld>> Defects =>
        new()
        {
            { "DivideByZeroException", _ => DivideByZero() },
            { "DivideByZeroException", world => world.Scheduler.Post("server", static _ => DivideByZero()) },
            { "NullReferenceException", _ => new TimedHeap().PopMin() },
            { "ArgumentOutOfRangeException", world => world.Scheduler.Post("server", CopyOutOfRange(), FilledRing()) },
        };

    public static TheoryData<string, Func<SimulatedWorld, Task>> OfTheProgram =>
        new()
        {
            { "its own division", _ => Task.FromResult(1 / Zero()) },
            { "its own exception", _ => throw new InvalidOperationException("mine") },
            {
                "null for an argument",
                world => world.Host("a").OpenConnectionAsync((System.Net.EndPoint)null!).AsTask()
            },
            { "null for a program", world => RunAsync(() => world.Host("a").Start(null!)) },
            { "a port out of range", world => world.Host("a").OpenConnectionAsync("b", 70_000).AsTask() },
            { "a loss of the network", world => world.Host("a").OpenConnectionAsync("b", 7).AsTask() },
            {
                "a second program",
                world =>
                    RunAsync(() =>
                    {
                        world.Host("a").Start(_ => Task.CompletedTask);
                        world.Host("a").Start(_ => Task.CompletedTask);
                    })
            },
            {
                "in its own item of the world",
                world => RunAsync(() => world.Scheduler.Post("a", _ => throw new KeyNotFoundException("mine")))
            },
        };

    [Theory]
    [MemberData(nameof(Defects), DisableDiscoveryEnumeration = true)]
    public void An_error_in_the_simulator_s_own_code_is_the_simulator_s(string kind, Action<SimulatedWorld> strike)
    {
        SimulatedWorld world = new(seed: 1);
        RunResult result = world.Run(async () =>
        {
            strike(world);
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        });

        result.Outcome.ShouldBe(RunOutcome.SimulatorFailed);
        SimulatorException error = result.Exception.ShouldBeOfType<SimulatorException>();
        error.Message.ShouldStartWith($"An error in the simulator itself, and none of the program: {kind}: ");
        error.InnerException.ShouldNotBeNull().GetType().Name.ShouldBe(kind);
        RunVerdict.Of(result, result.Exception).ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.SimulatorError);
    }

    [Theory]
    [MemberData(nameof(OfTheProgram), DisableDiscoveryEnumeration = true)]
    public void What_the_program_throws_or_is_thrown_to_it_is_the_program_s(string what, Func<SimulatedWorld, Task> run)
    {
        SimulatedWorld world = new(seed: 1);
        RunResult result = world.Run(async () =>
        {
            await run(world);
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
        });

        result.Outcome.ShouldBe(RunOutcome.Faulted, what);
        RunVerdict.Of(result, result.Exception).ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.NoException);
    }

    [Fact]
    public void A_scenario_in_which_the_simulator_fails_has_a_finding_that_says_so()
    {
        SimulationRun run = SimulationRunner.Run(
            new Play(_ =>
            {
                DivideByZero();
                return Task.CompletedTask;
            }),
            seed: 1,
            new SimulationOptions { Faults = FaultProfiles.Calm }
        );

        run.Finding.ShouldNotBeNull().Property.ShouldBe(BuiltInProperties.SimulatorError);
        run.Finding.Detail.ShouldContain("in ByteRing.CopyTo");
    }

    [Fact]
    public void An_exception_counts_from_where_it_was_thrown_and_not_from_where_the_program_has_cleaned_up()
    {
        SimulationRun run = SimulationRunner.Run(
            new Play(async world =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                try
                {
                    throw new InvalidOperationException("here");
                }
                finally
                {
                    await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);
                }
            }),
            seed: 1,
            new SimulationOptions { Faults = FaultProfiles.Calm }
        );

        run.Finding.ShouldNotBeNull().Time.ShouldBe(TimeSpan.FromSeconds(1));
        run.VirtualTime.ShouldBeGreaterThan(TimeSpan.FromHours(1));
    }

    private static void DivideByZero() => new ByteRing().CopyTo(-1, new byte[1]);

    /// <summary>An item of the world that calls the simulator with no code of the program on the stack, as a timer does: the platform then throws in <see cref="ByteRing.CopyTo"/>.</summary>
    private static SendOrPostCallback CopyOutOfRange()
    {
        DynamicMethod item = new("item", null, [typeof(object)], typeof(ByteRing).Module, skipVisibility: true);
        ILGenerator code = item.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Castclass, typeof(ByteRing));
        code.Emit(OpCodes.Ldc_I4, -5);
        code.Emit(OpCodes.Ldc_I4, 10);
        code.Emit(OpCodes.Newarr, typeof(byte));
        code.Emit(OpCodes.Newobj, typeof(Span<byte>).GetConstructor([typeof(byte[])])!);
        code.Emit(OpCodes.Call, typeof(ByteRing).GetMethod(nameof(ByteRing.CopyTo))!);
        code.Emit(OpCodes.Ret);
        return item.CreateDelegate<SendOrPostCallback>();
    }

    private static ByteRing FilledRing()
    {
        ByteRing ring = new();
        ring.Append(new byte[10]);
        return ring;
    }

    private static int Zero() => 0;

    private static Task RunAsync(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
