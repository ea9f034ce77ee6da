using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>xunit's runner of a test case, which uses <see cref="SimulationTestRunner"/> for the test.</summary>
internal sealed class SimulationTestCaseRunner(
    IXunitTestCase testCase,
    SimulationPlan plan,
    string? skipReason,
    object[] constructorArguments,
    IMessageBus messageBus,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource
)
    : XunitTestCaseRunner(
        testCase,
        testCase.DisplayName,
        skipReason,
        constructorArguments,
        [],
        messageBus,
        aggregator,
        cancellationTokenSource
    )
{
    protected override XunitTestRunner CreateTestRunner(
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
    ) =>
        new SimulationTestRunner(
            plan,
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
        );
}
