using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>Makes one test case of each marked method, or one that fails with what is wrong with it. Named by <see cref="SimulationAttribute"/>.</summary>
/// <param name="diagnosticMessageSink">Where xunit's diagnostics go.</param>
internal sealed class SimulationDiscoverer(IMessageSink diagnosticMessageSink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute
    )
    {
        TestMethodDisplay display = discoveryOptions.MethodDisplayOrDefault();
        TestMethodDisplayOptions displayOptions = discoveryOptions.MethodDisplayOptionsOrDefault();
        return SimulationSignature.FindFault(testMethod.Method, factAttribute) is { } fault
            ? [new ExecutionErrorTestCase(diagnosticMessageSink, display, displayOptions, testMethod, fault)]
            : [new SimulationTestCase(diagnosticMessageSink, display, displayOptions, testMethod)];
    }
}
