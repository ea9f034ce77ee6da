using Deterministic.Core;
using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

public sealed class ProfileTests
{
    [Fact]
    public void Profiles_are_found_by_their_names()
    {
        FaultProfiles.All.Select(profile => profile.Name).ShouldBe(["calm", "lossy-wan", "mobile", "hostile", "chaos"]);
        foreach (FaultProfile profile in FaultProfiles.All)
        {
            FaultProfiles.Find(profile.Name).ShouldBeSameAs(profile);
            profile.Description.ShouldNotBeEmpty();
        }

        FaultProfiles.Find("no-such").ShouldBeNull();
    }

    [Fact]
    public void Chaos_has_every_fault_but_those_of_integrity()
    {
        FaultProfiles
            .Chaos.Rules.Select(rule => rule.Kind)
            .Distinct()
            .Order()
            .ShouldBe(FaultCatalog.All.Where(fault => fault.Group != FaultGroup.Integrity).Select(fault => fault.Kind));
    }

    [Fact]
    public void A_profile_with_rules_and_without_kinds_is_another_one()
    {
        FaultProfile more = Calm.With(Fault.Reset(), Fault.Loss());
        more.Rules.Select(rule => rule.Kind).ShouldBe([FaultKind.Reset, FaultKind.Loss]);
        more.Without(FaultKind.Reset).Rules.Select(rule => rule.Kind).ShouldBe([FaultKind.Loss]);
        Calm.Rules.ShouldBeEmpty();
    }

    [Fact]
    public void A_profile_tells_its_name_and_what_is_on_top_of_it()
    {
        FaultProfiles.Chaos.ToString().ShouldBe("chaos");
        FaultProfiles
            .LossyWan.With(Fault.Reset(), Fault.Loss().Nth(3))
            .ToString()
            .ShouldBe("lossy-wan and 'reset' and 'loss nth=3'");
        FaultProfiles.LossyWan.Without(FaultKind.Stall).ToString().ShouldBe("lossy-wan of 3 rules of its own");
        (By(Fault.Reset()) with { Name = "mine" }).ToString().ShouldBe("mine");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_swarm_outside_a_thousand_is_refused(int value) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Calm with { SwarmPerMille = value });

    public static TheoryData<string> OutOfScope
    {
        get
        {
            TheoryData<string> rules = [];
            foreach (FaultDescriptor fault in FaultCatalog.All)
            {
                rules.Add(
                    string.Join(
                        ' ',
                        fault.Name,
                        "on=nobody",
                        fault.Settings.HasFlag(FaultSetting.Time) ? "for=1s..2s" : "",
                        fault.Settings.HasFlag(FaultSetting.Amount) ? "amount=1000" : "",
                        fault.Settings.HasFlag(FaultSetting.Distribution) ? "latency=uniform:1s,2s" : "",
                        fault.Timing == FaultTiming.AtTimes ? "at=1s" : "p=500"
                    )
                );
            }

            return rules;
        }
    }

    [Theory]
    [MemberData(nameof(OutOfScope))]
    public void A_rule_that_matches_nothing_draws_no_choice_and_leaves_the_run_as_it_is(string rule)
    {
        SimulatedWorld without = Conversation(Calm);
        SimulatedWorld with = Conversation(By(FaultRule.Parse(rule)));
        with.Choices.Recorded.ShouldBe(without.Choices.Recorded);
        with.Trace.Hash.ShouldBe(without.Trace.Hash);
    }

    [Fact]
    public void Swarm_leaves_out_about_half_of_the_rules_each_run_another_half_drawn_from_the_tape()
    {
        const int Rules = 40;
        FaultProfile swarm = Calm.With(Enumerable.Range(1, Rules).Select(i => Fault.PairLatency(Ms(i)))) with
        {
            SwarmPerMille = 500,
        };
        HashSet<string> mixes = [];
        List<int> kept = [];
        for (ulong seed = 1; seed <= 50; seed++)
        {
            SimulatedWorld world = new(seed, swarm);
            world.Choices.Recorded.Count.ShouldBe(Rules);
            world.Choices.Recorded.ShouldAllBe(choice => choice.Kind == ChoiceKind.Fault);
            bool[] mix = [.. world.Choices.Recorded.Select(choice => choice.Chosen >= choice.Alternatives / 2)];
            kept.Add(mix.Count(isIn => isIn));
            mixes.Add(string.Concat(mix.Select(isIn => isIn ? '1' : '0')));
        }

        mixes.Count.ShouldBe(50);
        kept.Average().ShouldBeInRange(17, 23);
    }

    [Fact]
    public void A_rule_that_swarm_has_left_out_does_not_strike_and_one_that_it_kept_does()
    {
        FaultProfile swarm = By(Fault.Stall(Seconds(5))) with { SwarmPerMille = 500 };
        HashSet<bool> seen = [];
        for (ulong seed = 1; seed <= 20; seed++)
        {
            bool isIn = new SimulatedWorld(seed, swarm).Choices.Recorded[0].Chosen >= 500;
            (Travel(swarm, seed) >= Seconds(5)).ShouldBe(isIn);
            seen.Add(isIn);
        }

        seen.Count.ShouldBe(2);
        Travel(By(Fault.Stall(Seconds(5))) with { SwarmPerMille = 1000 }).ShouldBeLessThan(Soon);
    }

    /// <summary>Lasts longer than the first second, connects twice, and closes in good order.</summary>
    private static SimulatedWorld Conversation(FaultProfile faults) =>
        Talk.Between(
            async (world, client, server) =>
            {
                await WaitUntilAsync(world, Seconds(3));
                client.Writer.Write(new byte[3000]);
                await server.Reader.ReadExactlyAsync(3000);
                server.Writer.Write("back"u8);
                server.Writer.WriteEof();
                await client.Reader.ReadToEndAsync();
                (await world.Host("client").OpenConnectionAsync(client.RemoteEndPoint!)).Abort();
                client.Writer.Close();
            },
            faults
        );
}
