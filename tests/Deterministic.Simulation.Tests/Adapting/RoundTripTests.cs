using Deterministic.Faults;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

/// <summary>
/// What is written at one endpoint is read at the other byte for byte, whatever adapters lie in between, however it is written and read, whichever reads are cancelled,
/// and however the network cuts, delays and blocks.
/// </summary>
public sealed class RoundTripTests
{
    private static readonly FaultProfile Rough = FaultProfiles.Hostile.Without(FaultKind.Reset, FaultKind.Refused) with
    {
        Name = "rough",
    };

    [Property(Arbitrary = [typeof(Scripts)])]
    public void Bytes_come_out_of_the_adapters_as_they_went_in(Script script) =>
        Talk.Between(
            async (world, client, server) =>
            {
                TalkingEnd near = TalkingEnd.Of(
                    script.Client.Kind,
                    client.Under(script.Client.Adapters),
                    world.TimeProvider
                );
                TalkingEnd far = TalkingEnd.Of(
                    script.Server.Kind,
                    server.Under(script.Server.Adapters),
                    world.TimeProvider
                );
                byte[] there = Bytes(script.Client.Writes.Sum(), 1);
                byte[] back = Bytes(script.Server.Writes.Sum(), 2);
                Task<byte[]> arrivedThere = far.ReadToEndAsync(script.Server.Reads);
                Task<byte[]> arrivedBack = near.ReadToEndAsync(script.Client.Reads);
                await Task.WhenAll(
                    WriteAsync(near, there, script.Client.Writes),
                    WriteAsync(far, back, script.Server.Writes)
                );
                (await arrivedThere).AsSpan().SequenceEqual(there).ShouldBeTrue("what the client wrote");
                (await arrivedBack).AsSpan().SequenceEqual(back).ShouldBeTrue("what the server wrote");
                await Task.WhenAll(near.CloseAsync(), far.CloseAsync());
            },
            Rough,
            script.Seed
        );

    private static async Task WriteAsync(TalkingEnd end, byte[] data, int[] sizes)
    {
        int start = 0;
        foreach (int size in sizes)
        {
            await end.WriteAsync(data[start..(start + size)]);
            start += size;
        }

        await end.EndAsync();
    }

    private static byte[] Bytes(int count, int salt)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)((i * 31 / 7) + (i >> 8) + salt);
        }

        return bytes;
    }

    public sealed record Endpoint(char Kind, string Adapters, int[] Writes, ReadStep[] Reads)
    {
        public override string ToString() =>
            $"{Kind} over '{Adapters}', writes {string.Join(' ', Writes)}, reads {string.Join(' ', Reads.Select(read => read.ToString()))}";
    }

    public sealed record Script(ulong Seed, Endpoint Client, Endpoint Server);

    internal static class Scripts
    {
        private static readonly Gen<string> Adapters = Gen.Elements("", "s", "p", "ss", "sp", "ps", "pp", "sps");

        private static readonly Gen<ReadStep> Step =
            from count in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(1, 50)), (3, Gen.Choose(1, 5000)))
            from patience in Gen.Frequency((2, Gen.Constant(-1)), (1, Gen.Choose(0, 200)))
            from all in Gen.Elements(true, false)
            select new ReadStep(count, patience < 0 ? null : TimeSpan.FromMilliseconds(patience), all);

        private static readonly Gen<Endpoint> Endpoint =
            from kind in Gen.Elements('c', 's', 'p')
            from adapters in Adapters
            from writes in Gen.Frequency((4, Gen.Choose(0, 3000)), (1, Gen.Choose(0, 100_000))).ListOf().Resize(12)
            from reads in Step.NonEmptyListOf().Resize(8)
            select new Endpoint(kind, adapters, [.. writes], [.. reads, new ReadStep(100, null, true)]);

        public static Arbitrary<Script> All() =>
            (
                from seed in Gen.Choose(1, 1_000_000)
                from client in Endpoint
                from server in Endpoint
                select new Script((ulong)seed, client, server)
            ).ToArbitrary();
    }
}
