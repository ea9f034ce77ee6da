using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>One marked method. The attribute is read from the method when the test runs, so that it need not be serialised.</summary>
internal sealed class SimulationTestCase : XunitTestCase
{
    /// <summary>For the deserialiser.</summary>
    [Obsolete("For the deserialiser only")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public SimulationTestCase() { }

    public SimulationTestCase(
        IMessageSink diagnosticMessageSink,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod testMethod
    )
        : base(diagnosticMessageSink, display, displayOptions, testMethod) { }

    /// <summary>The settings; null for those in the environment of the process.</summary>
    public SimulationSettings? Settings { get; init; }

    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource
    )
    {
        SimulationPlan plan = Plan();
        // An invalid plan fails the test through the aggregator, before anything is run.
        aggregator.Run(() => plan = plan.Restrict(Settings ?? SimulationSettings.FromEnvironment()));
        string? skipReason = SkipReason ?? plan.SkipReason;
        return new SimulationTestCaseRunner(
            this,
            plan,
            skipReason,
            constructorArguments,
            messageBus,
            aggregator,
            cancellationTokenSource
        ).RunAsync();
    }

    /// <summary>The attribute's plan, which the discoverer has checked.</summary>
    private SimulationPlan Plan()
    {
        IAttributeInfo attribute = TestMethod.Method.GetCustomAttributes(typeof(SimulationAttribute)).Single();
        return new()
        {
            Test = $"{TestMethod.TestClass.Class.Name}.{TestMethod.Method.Name}",
            Faults = SimulationFaults.Of(attribute),
            Rules = attribute.GetNamedArgument<string[]>(nameof(SimulationAttribute.Rules)) ?? [],
            FirstSeed = attribute.GetNamedArgument<ulong>(nameof(SimulationAttribute.FirstSeed)),
            Seeds = attribute.GetNamedArgument<int>(nameof(SimulationAttribute.Seeds)),
        };
    }
}
