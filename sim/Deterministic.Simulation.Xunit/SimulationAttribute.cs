using Deterministic.Faults;
using Xunit;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>Marks a test that runs in a simulated world, once for each of many seeds: <c>public async Task Claim(SimulatedWorld world)</c>.</summary>
/// <remarks>
/// <para>
/// Each seed gets a fresh <see cref="SimulatedWorld"/> and a new instance of the test class. Constructor, <see cref="IAsyncLifetime"/>,
/// <see cref="BeforeAfterTestAttribute"/>, the method itself and <see cref="IDisposable"/> all run in that world, on one thread, under its scheduler: await
/// without <c>ConfigureAwait(false)</c>, take time and randomness from the world, and don't leave the thread. The first seed that fails ends the test. A test fails by an exception, also
/// in a handler of a server, in a program of a host or in a task that is never awaited; by a property of the world that does not hold; and
/// if it deadlocks, does not end within two million steps or six virtual hours, or starts work on another thread. The exception of a lost connection in a handler or in an unobserved task
/// does not count: see <see cref="ScenarioWorld.ReportsLostConnections"/> and <see cref="ScenarioWorld.ExpectUnhandled(Func{Exception, bool})"/>.
/// </para>
/// <para>
/// When the test has passed, work that is ready at that instant still runs before the result is determined; time does not advance. Handlers and tasks that still wait for time or for the network are not
/// checked: await their work in the test, through a <see cref="TaskCompletionSource"/> that they complete, or by reading the peer's stream to its end. Closing a server waits for its
/// connections, not for its handlers.
/// </para>
/// <para>
/// The message of a failure contains what failed and where in the test, the seed, the faults, the virtual time, the host, and the events up to it. The tape of that run is saved in the folder <c>tapes</c>
/// beside the test assembly (in the temporary folder if that cannot be written). Two environment variables run it again: <c>DETERMINISTIC_SEED=17</c> restricts every simulation test
/// to that seed, and <c>DETERMINISTIC_TAPE=path</c> replays a saved tape in the test that recorded it and skips all others. A relative path is searched in the folder of the shell
/// (<c>PWD</c>, if that is set), in the current one, and in that of the test assembly and those above it; the first that contains the file is used.
/// </para>
/// <para>
/// A failed seed is replayed at once, with the same decisions. If it does not fail in the same way, the message starts with the warning that the test is not deterministic, and the first event that differs. A
/// replay whose result differs from the recorded one fails the test, even if the test itself passes.
/// </para>
/// <para>
/// Not honoured: <see cref="FactAttribute.Timeout"/>, since time is virtual and the limits above apply; and in a run that stops before its end (a deadlock, a
/// limit, an escape) <see cref="IAsyncLifetime.DisposeAsync"/>, which can no longer be awaited. <see cref="IDisposable.Dispose"/> is called even then.
/// Fixtures of classes and collections are created outside the simulation and shared by all seeds: their state must not depend on order or time.
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

    /// <summary>Additional faults, each as the text of a <see cref="FaultRule"/>: <c>Rules = ["reset nth=20 at-most=1"]</c>. None.</summary>
    public string[] Rules { get; set; } = [];
}
