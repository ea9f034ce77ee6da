using System.IO.Pipelines;
using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

/// <summary>A relay whose copy is cancelled at any moments, and begun again, passes every byte on once.</summary>
public sealed class CancelledCopyTests
{
    private static readonly FaultProfile Rough = FaultProfiles.Hostile.Without(FaultKind.Reset, FaultKind.Refused) with
    {
        Name = "rough",
    };

    [Property(Arbitrary = [typeof(Scripts)])]
    public void Each_byte_is_passed_on_once_however_often_the_copy_is_cancelled(Script script) =>
        Talk.Between(
            async (world, client, relay) =>
            {
                TaskCompletionSource<byte[]> received = new();
                await using StreamServer sink = await world
                    .Host("sink")
                    .StartServerAsync(async connection =>
                        received.SetResult(await ReadSlowlyAsync(world, connection, script.Pause))
                    );
                Connection source = relay.Under(script.Source);
                Connection onward = await world.Host("server").OpenConnectionAsync(sink.EndPoints[0]);
                // Small, so that nearly every write waits and can be cancelled in its wait.
                WriteBufferLimits limits = WriteBufferLimits.Create(1000);
                onward.Writer.WriteBufferLimits = limits;
                Connection target = onward.Under(script.Target, new ConnectionOptions { WriteBufferLimits = limits });
                byte[] sent = new byte[script.Total];
                new Random(5).NextBytes(sent);
                client.Writer.Write(sent);
                client.Writer.WriteEof();
                Func<CancellationToken, Task> copyAsync = Copy(script.Form, source, target);
                foreach (int patience in script.Attempts)
                {
                    using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(patience), world.TimeProvider);
                    try
                    {
                        await copyAsync(soon.Token);
                    }
                    catch (OperationCanceledException)
                    {
                        // As meant, unless it was quicker.
                    }
                }

                await copyAsync(default);
                await target.DisposeAsync();
                (await received.Task).AsSpan().SequenceEqual(sent).ShouldBeTrue();
                await source.DisposeAsync();
            },
            Rough,
            script.Seed
        );

    private static async Task<byte[]> ReadSlowlyAsync(SimulatedWorld world, Connection connection, int pause)
    {
        using MemoryStream all = new();
        while (await connection.Reader.ReadAsync(20_000) is { Length: > 0 } data)
        {
            all.Write(data);
            await Task.Delay(TimeSpan.FromMilliseconds(pause), world.TimeProvider);
        }

        return all.ToArray();
    }

    private static Func<CancellationToken, Task> Copy(string form, Connection source, Connection target)
    {
        Stream from = source.AsStream(leaveOpen: true);
        Stream to = target.AsStream(leaveOpen: true);
        PipeReader input = source.AsDuplexPipe(leaveOpen: true).Input;
        PipeWriter output = target.AsDuplexPipe(leaveOpen: true).Output;
        return form switch
        {
            "stream to stream" => token => from.CopyToAsync(to, token),
            "stream to pipe" => token => from.CopyToAsync(output.AsStream(leaveOpen: true), token),
            "pipe to stream" => token => input.CopyToAsync(to, token),
            "pipe to pipe" => token => input.CopyToAsync(output, token),
            _ => token => RelayAsync(source, to, token),
        };
    }

    /// <summary>As a program would copy by itself: a read that is cancelled loses nothing, and what was read is written once, because a write that has begun takes all of it.</summary>
    private static async Task RelayAsync(Connection source, Stream to, CancellationToken token)
    {
        byte[] buffer = new byte[100_000];
        while (await source.Reader.ReadAsync(buffer, token) is > 0 and int count)
        {
            try
            {
                // A token that is cancelled already would refuse the write.
                await to.WriteAsync(buffer.AsMemory(0, count), token.IsCancellationRequested ? default : token);
            }
            catch (OperationCanceledException)
            {
                // Taken nevertheless.
            }
        }
    }

    /// <param name="Seed">Of the world.</param>
    /// <param name="Form">From what to what.</param>
    /// <param name="Source">Adapters under the source.</param>
    /// <param name="Target">Adapters under the destination.</param>
    /// <param name="Total">How many bytes.</param>
    /// <param name="Attempts">After how many milliseconds each is cancelled.</param>
    /// <param name="Pause">Milliseconds between the reads at the end.</param>
    public sealed record Script(
        ulong Seed,
        string Form,
        string Source,
        string Target,
        int Total,
        IReadOnlyList<int> Attempts,
        int Pause
    )
    {
        public override string ToString() =>
            $"seed {Seed}, {Form}, '{Source}' to '{Target}', {Total} bytes, cancelled after {string.Join(" ", Attempts)}, pause {Pause}";
    }

    internal static class Scripts
    {
        private static readonly Gen<string> Layers = Gen.Elements("", "", "s", "p", "sp");

        public static Arbitrary<Script> All() =>
            (
                from seed in Gen.Choose(1, 1_000_000)
                from form in Gen.Elements(
                    "stream to stream",
                    "stream to pipe",
                    "pipe to stream",
                    "pipe to pipe",
                    "writes"
                )
                from source in Layers
                from target in Layers
                from total in Gen.Frequency((3, Gen.Choose(1, 5000)), (2, Gen.Choose(60_000, 400_000)))
                from attempts in Gen.Choose(0, 400).ListOf().Resize(10)
                from pause in Gen.Choose(0, 50)
                select new Script((ulong)seed, form, source, target, total, [.. attempts], pause)
            ).ToArbitrary();
    }
}
