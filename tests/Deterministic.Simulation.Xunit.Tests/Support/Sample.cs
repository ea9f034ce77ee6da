using Xunit.Abstractions;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>Discovers and runs one method of a sample class, as xunit would, and keeps what came of it.</summary>
internal sealed class Sample : IDisposable
{
    private readonly RecordingBus _bus = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("deterministic-").FullName;

    private Sample() { }

    public RunSummary Summary { get; private set; } = new();

    public string TapeFolder => _folder;

    public IReadOnlyList<string> Tapes => [.. Directory.GetFiles(_folder, "*.tape")];

    public ITestFailed Failure => _bus.All<ITestFailed>().Single();

    public string Message => Failure.Messages[0];

    public string Output => _bus.All<ITestResultMessage>().Single().Output;

    public string SkipReason => _bus.All<ITestSkipped>().Single().Reason;

    public bool Passed => Summary is { Total: 1, Failed: 0, Skipped: 0 };

    /// <summary>Runs a method with the given settings; tapes go to a folder of its own.</summary>
    public static async Task<Sample> RunAsync<TSamples>(
        string method,
        SimulationSettings? settings = null,
        params object[] constructorArguments
    )
    {
        Sample sample = new();
        IXunitTestCase testCase = Discover<TSamples>(
            method,
            settings ?? new SimulationSettings(),
            sample._folder,
            sample._bus
        );
        using CancellationTokenSource cancellation = new();
        sample.Summary = await testCase.RunAsync(
            sample._bus,
            sample._bus,
            constructorArguments,
            new ExceptionAggregator(),
            cancellation
        );
        return sample;
    }

    public static IXunitTestCase Discover<TSamples>(
        string method,
        SimulationSettings settings,
        string? folder,
        RecordingBus bus
    )
    {
        TestMethod testMethod = MethodOf<TSamples>(method);
        IAttributeInfo attribute = testMethod.Method.GetCustomAttributes(typeof(SimulationAttribute)).Single();
        IXunitTestCase found = new SimulationDiscoverer(bus).Discover(new NoOptions(), testMethod, attribute).Single();
        return found is SimulationTestCase
            ? new SimulationTestCase(bus, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, testMethod)
            {
                Settings = settings with { TapeFolder = settings.TapeFolder ?? folder },
            }
            : found;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TestMethod MethodOf<TSamples>(string method)
    {
        TestAssembly assembly = new(Reflector.Wrap(typeof(TSamples).Assembly));
        TestClass testClass = new(new TestCollection(assembly, null, "samples"), Reflector.Wrap(typeof(TSamples)));
        return new TestMethod(testClass, Reflector.Wrap(typeof(TSamples).GetMethod(method)!));
    }

    private sealed class NoOptions : LongLivedMarshalByRefObject, ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value) { }
    }
}
