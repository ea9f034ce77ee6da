using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>Runs the seeds of a plan one after the other, until one fails. On the caller's thread, which is then the simulator's.</summary>
internal sealed class SimulationTestRunner(
    SimulationPlan plan,
    ITest test,
    IMessageBus messageBus,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    object[] testMethodArguments,
    string skipReason,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource
)
    : XunitTestRunner(
        test,
        messageBus,
        testClass,
        constructorArguments,
        testMethod,
        testMethodArguments,
        skipReason,
        beforeAfterAttributes,
        aggregator,
        cancellationTokenSource
    )
{
    protected override Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
    {
        // xunit passes a factory of output helpers, so that each test has its own; all seeds of one test share one.
        object[] arguments =
        [
            .. ConstructorArguments.Select(argument => argument is Func<TestOutputHelper> make ? make() : argument),
        ];
        TestOutputHelper? output = arguments.OfType<TestOutputHelper>().FirstOrDefault();
        output?.Initialize(MessageBus, Test);
        ExecutionTimer timer = new();
        string rest = "";
        timer.Aggregate(() => aggregator.Run(() => rest = RunSeeds(arguments)?.Report(aggregator) ?? ""));
        string written = output?.Output ?? "";
        output?.Uninitialize();
        return Task.FromResult(Tuple.Create(timer.Total, written + rest));
    }

    private TestInstance InstanceWith(object[] arguments) =>
        new(TestClass, arguments, TestMethod, BeforeAfterAttributes);

    /// <summary>The same arguments, with an output helper that drops its output.</summary>
    private object[] Silent(object[] arguments)
    {
        TestOutputHelper silent = new();
        silent.Initialize(new NullMessageBus(), Test);
        return [.. arguments.Select(argument => argument is TestOutputHelper ? silent : argument)];
    }

    private SeedFailure? RunSeeds(object[] arguments)
    {
        SeedRunner runner = new(plan, () => InstanceWith(arguments), () => InstanceWith(Silent(arguments)));
        SeedFailure? failure = null;
        ulong seed = plan.FirstSeed;
        for (
            int run = 0;
            run < plan.Seeds && failure is null && !CancellationTokenSource.IsCancellationRequested;
            run++, seed = unchecked(seed + 1)
        )
        {
            failure = runner.Run(seed);
        }

        return failure;
    }
}
