using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>Makes one test case of each marked method; for an invalid method, one that fails with the reason. Referenced by <see cref="SimulationAttribute"/>.</summary>
/// <param name="diagnosticMessageSink">Receives xunit's diagnostics.</param>
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
