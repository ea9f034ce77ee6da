using System.Collections.Concurrent;
using System.IO;
using System.Net;
using Deterministic.Faults;
using Deterministic.Simulation;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Contract.Tests;

/// <summary>Many connections at once over real sockets, under faults of every kind: each ends, and nothing fails that nobody sees.</summary>
public sealed class FaultyCrowdTests
{
    private const int Connections = 300;
    private const int Bytes = 20_000;

    /// <summary>The faults of <see cref="FaultProfiles.Hostile"/> and <see cref="FaultProfiles.Chaos"/>, in spans that a test can wait for.</summary>
    private static readonly FaultProfile Hostile = FaultProfiles.Calm.With(
        Rules(
            """
            refused p=50
            unreachable p=20
            port-exhaustion p=20
            hang p=10
            connect-delay p=100 for=1ms..20ms
            latency p=300 latency=exponential:0s,2ms
            jitter p=300 for=0s..3ms
            slicer p=200
            short-read p=300
            short-write p=300
            coalescing p=100 for=1ms..3ms
            stall p=10 for=1ms..30ms
            zero-window p=10 for=1ms..20ms
            clog-send every=20ms for=1ms..10ms
            partition every=20ms for=1ms..10ms
            random-halves every=50ms for=1ms..10ms
            swizzle every=50ms for=1ms..5ms
            slow-close p=100 for=1ms..20ms
            reset p=3
            fin-early p=3
            half-close p=3
            silent-drop p=2
            half-open p=3
            """
        )
    );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_connection_of_a_crowd_ends_and_what_it_carried_is_a_beginning_of_what_was_sent(ulong seed)
    {
        using Unseen unseen = new();
        ConcurrentBag<Exception> failures = [];
        FaultyNetwork faulty = new(SocketNetwork.Default, Hostile, seed, "client");
        ServerOptions options = new() { OnError = failures.Add };
        StreamServer server = await faulty
            .ForHost("server")
            .StartServerAsync(ServeAsync, "127.0.0.1", options: options);
        string[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(number => VisitAsync(faulty, server.EndPoints[0], number))
        );

        // What was silently dropped waits at the server for what never comes.
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        failures.Where(error => error is not IOException).ShouldBeEmpty();
        outcomes.ShouldNotContain("altered");
        outcomes.ShouldContain("whole");
        outcomes.Distinct().Count().ShouldBeGreaterThan(2);
        unseen.Errors().ShouldBeEmpty();
    }

    private static async Task ServeAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        while (await reader.ReadAsync(4096) is { Length: > 0 } read)
        {
            writer.Write(read);
            await writer.DrainAsync();
        }
    }

    private static async Task<string> VisitAsync(FaultyNetwork network, EndPoint server, int number)
    {
        byte[] sent = new byte[Bytes];
        new Random(number).NextBytes(sent);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(3));
        try
        {
            await using Connection connection = await network.OpenConnectionAsync(
                server,
                new ClientOptions { ConnectTimeout = TimeSpan.FromSeconds(5) }
            );
            connection.Writer.Write(sent);
            connection.Writer.WriteEof();
            byte[] read = await ReadAsync(connection, patience.Token);
            return !sent.AsSpan().StartsWith(read) ? "altered"
                : read.Length == sent.Length ? "whole"
                : "cut";
        }
        catch (IOException error)
        {
            return error.GetType().Name;
        }
        catch (OperationCanceledException)
        {
            return "silent";
        }
    }

    private static async Task<byte[]> ReadAsync(Connection connection, CancellationToken token)
    {
        using MemoryStream all = new();
        while (await connection.Reader.ReadAsync(4096, token) is { Length: > 0 } read)
        {
            all.Write(read);
        }

        return all.ToArray();
    }

    private static IEnumerable<FaultRule> Rules(string lines) => lines.Split('\n').Select(FaultRule.Parse);

    /// <summary>Failures of tasks that nobody looks at, as far as the decorator has a hand in them: other tests run meanwhile.</summary>
    private sealed class Unseen : IDisposable
    {
        private readonly ConcurrentQueue<Exception> _errors = [];

        public Unseen() => TaskScheduler.UnobservedTaskException += Note;

        public IEnumerable<Exception> Errors()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return [.. _errors];
        }

        public void Dispose() => TaskScheduler.UnobservedTaskException -= Note;

        private void Note(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            foreach (Exception error in args.Exception.Flatten().InnerExceptions)
            {
                if (error.ToString().Contains("Faulty", StringComparison.Ordinal))
                {
                    _errors.Enqueue(error);
                }
            }
        }
    }
}
