using System.Numerics;
using Deterministic.Faults;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of integrity: bytes that are not those that were sent. Nobody has them who has not asked for them by name.</summary>
public sealed class IntegrityFaultTests
{
    [Fact]
    [ShowsFault(FaultKind.BitFlip)]
    public void A_bit_flip_changes_one_bit_of_a_send_and_without_it_none()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            FlippedBits(By(Fault.BitFlip().Nth(1)), seed).ShouldBe(1);
        }

        FlippedBits(Calm, seed: 1).ShouldBe(0);

        static int FlippedBits(FaultProfile faults, ulong seed)
        {
            byte[] sent = new byte[1000];
            new Random(1).NextBytes(sent);
            byte[] arrived = Received(faults, seed, sent);
            arrived.Length.ShouldBe(sent.Length);
            return arrived.Zip(sent, (one, other) => BitOperations.PopCount((uint)(one ^ other))).Sum();
        }
    }

    [Fact]
    [ShowsFault(FaultKind.Truncation)]
    public void A_truncation_drops_the_end_of_a_send_and_what_follows_comes_at_once()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            string arrived = Talk.Text(
                Received(
                    By(Fault.Truncation().AfterBytes(10)),
                    seed,
                    "0123456789"u8.ToArray(),
                    "abcdefghij"u8.ToArray()
                )
            );
            arrived.ShouldEndWith("abcdefghij", Case.Sensitive, "it strikes once");
            string kept = arrived[..^10];
            kept.Length.ShouldBeLessThan(10);
            "0123456789".ShouldStartWith(kept);
        }

        Received(Calm, 1, "0123456789"u8.ToArray()).Length.ShouldBe(10);
    }

    [Fact]
    public void No_profile_has_a_fault_of_integrity()
    {
        foreach (FaultProfile profile in FaultProfiles.All)
        {
            profile.Rules.ShouldAllBe(rule => rule.Descriptor.Group != FaultGroup.Integrity);
        }
    }

    private static byte[] Received(FaultProfile faults, ulong seed, params byte[][] sent)
    {
        byte[] arrived = [];
        Talk.Between(
            async (_, client, server) =>
            {
                foreach (byte[] send in sent)
                {
                    client.Writer.Write(send);
                }

                client.Writer.WriteEof();
                arrived = await server.Reader.ReadToEndAsync();
            },
            faults,
            seed
        );
        return arrived;
    }
}
