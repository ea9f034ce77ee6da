using Deterministic.Faults;
using Xunit;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>Marks a test that runs in a simulated world, once for each of many seeds: <c>public async Task Claim(SimulatedWorld world)</c>.</summary>
/// <remarks>
/// <para>
/// Each seed gets a fresh <see cref="SimulatedWorld"/> and a new instance of the test class. Constructor, <see cref="IAsyncLifetime"/>,
/// <see cref="BeforeAfterTestAttribute"/>, the method itself and <see cref="IDisposable"/> all run in that world, on one thread, under its scheduler: await
/// plainly, take time and randomness from the world, and don't leave the thread. The first seed that fails ends the test. A test fails by an exception, be it
/// in a handler of a server, in a program of a host or in a task that nobody awaits; by a property that it states through the world and that does not hold; and
/// also when it deadlocks, does not end within two million steps or six virtual hours, or lets something escape to another thread. A lost connection that a handler or a forgotten task lets
/// through does not count: see <see cref="ScenarioWorld.ReportsLostConnections"/> and <see cref="ScenarioWorld.ExpectUnhandled(Func{Exception, bool})"/>.
/// </para>
/// <para>
/// When the test has ended well, what is ready at that instant still runs before the verdict, while time stands still. Handlers and tasks that then still wait for time or for the network are not
/// judged: await their work in the test, through a <see cref="TaskCompletionSource"/> that they complete, or by reading the peer's stream to its end. To close a server waits for its
/// connections, not for its handlers.
/// </para>
/// <para>
/// A failure names what failed and where in the test, the seed, the faults, the virtual time and the host, shows the events up to it, and saves the tape of that run in the folder <c>tapes</c>
/// beside the test assembly (in the temporary folder if that cannot be written). Two environment variables run it again: <c>DETERMINISTIC_SEED=17</c> restricts every simulation test
/// to that seed, and <c>DETERMINISTIC_TAPE=path</c> replays a saved tape in the test that recorded it and skips all others. A relative path is looked for in the folder of the shell
/// (<c>PWD</c>, where that is set), in the current one, and in that of the test assembly and those above it; the first that has the file counts.
/// </para>
/// <para>
/// A seed that fails is run once more at once, with the same decisions. If it does not fail alike, the message says first that the test is not deterministic, with the first event that differs. A
/// tape whose replay does not end as it was recorded fails the test, also where it passes.
/// </para>
/// <para>
/// Not honoured: <see cref="FactAttribute.Timeout"/>, since time is virtual and the limits above hold; and in a run that stops before its end (a deadlock, a
/// limit, an escape) <see cref="IAsyncLifetime.DisposeAsync"/>, which nothing could await any more. <see cref="IDisposable.Dispose"/> is called then too.
/// Fixtures of classes and collections are made outside of the simulation and shared by all seeds: what they hold must not depend on order or time.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Deterministic.Simulation.Xunit.SimulationDiscoverer", "Deterministic.Simulation.Xunit")]
public sealed class SimulationAttribute : FactAttribute
{
    /// <summary>How many seeds to run: 100.</summary>
    public int Seeds { get; set; } = 100;

    /// <summary>The first seed; the others follow it, up to the largest <see cref="ulong"/> at most. 1.</summary>
    public ulong FirstSeed { get; set; } = 1;

    /// <summary>How the network behaves: the name of one of <see cref="FaultProfiles.All"/>. <c>lossy-wan</c>.</summary>
    public string Faults { get; set; } = "lossy-wan";

    /// <summary>Faults on top of these, each as the text of a <see cref="FaultRule"/>: <c>Rules = ["reset nth=20 at-most=1"]</c>. None.</summary>
    public string[] Rules { get; set; } = [];
}
