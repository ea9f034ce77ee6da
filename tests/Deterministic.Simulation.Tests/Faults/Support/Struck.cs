using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Conversations under faults, and what can be seen of them.</summary>
internal static class Struck
{
    /// <summary>Above what anything takes on a calm network with both ends at work: some latencies.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    public static readonly FaultProfile Calm = FaultProfiles.Calm;

    public static TimeSpan Ms(double count) => TimeSpan.FromMilliseconds(count);

    public static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);

    /// <summary>The calm profile and some faults.</summary>
    public static FaultProfile By(params FaultRule[] rules) => Calm.With(rules);

    /// <summary>A client sends at once, the server reads it; nobody expects the connection to live longer.</summary>
    public static SimulatedWorld OneWrite(int bytes, FaultProfile faults) =>
        Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write(new byte[bytes]);
                await server.Reader.ReadExactlyAsync(bytes);
            },
            faults
        );

    /// <summary>How long a byte is on its way from one end to the other.</summary>
    public static async Task<TimeSpan> TravelAsync(SimulatedWorld world, Connection from, Connection to)
    {
        TimeSpan start = world.Scheduler.Now;
        from.Writer.Write("x"u8);
        await to.Reader.ReadExactlyAsync(1);
        return world.Scheduler.Now - start;
    }

    /// <summary>How long a byte is on its way from the client to the server.</summary>
    public static TimeSpan Travel(FaultProfile faults, ulong seed = 1)
    {
        TimeSpan travel = default;
        Talk.Between(async (world, client, server) => travel = await TravelAsync(world, client, server), faults, seed);
        return travel;
    }

    /// <summary>Waits until a time, or up to a millisecond longer: a delay is counted in whole ones.</summary>
    public static Task WaitUntilAsync(SimulatedWorld world, TimeSpan time) =>
        Task.Delay(Ms(Math.Ceiling((time - world.Scheduler.Now).TotalMilliseconds)), world.TimeProvider);

    /// <summary>How a reader's connection is lost, after all that arrives before.</summary>
    public static async Task<ConnectionErrorKind> LossAsync(this AsyncStreamReader reader) =>
        (await Talk.FailureOfAsync<ConnectionException>(reader.ReadExactlyAsync(int.MaxValue).AsTask())).Kind;

    /// <summary>The sizes of the events of a kind in the trace.</summary>
    public static int[] Sizes(this SimulatedWorld world, TraceKind kind) =>
        [.. world.Trace.Events.Where(happened => happened.Kind == kind).Select(happened => (int)happened.Number)];

    /// <summary>When a fault was injected, from the trace.</summary>
    public static TimeSpan[] TimesOf(this SimulatedWorld world, FaultKind kind) =>
        [
            .. world
                .Trace.Events.Where(happened =>
                    happened.Kind == TraceKind.Fault
                    && string.Equals(happened.Text, FaultCatalog.Of(kind).Name, StringComparison.Ordinal)
                )
                .Select(happened => happened.Time),
        ];
}
