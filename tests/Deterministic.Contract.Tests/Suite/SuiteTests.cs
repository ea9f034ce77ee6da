using Deterministic.Faults;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Contract.Tests;

public sealed class SuiteTests
{
    [Fact]
    public void Names_are_unique_and_cases_are_found_by_them()
    {
        ContractSuite.Cases.Select(one => one.Name).ShouldBeUnique();
        ContractSuite.Cases.ShouldAllBe(one => ContractSuite.Find(one.Name) == one);
        Should.Throw<ArgumentException>(() => ContractSuite.Find("no/such"));
    }

    [Theory]
    [InlineData(ContractCapabilities.None)]
    [InlineData(ContractCapabilities.HalfClose)]
    [InlineData(ContractCapabilities.RealReset)]
    [InlineData(ContractCapabilities.All)]
    public void Every_case_is_listed_for_every_world_as_applicable_or_not(ContractCapabilities capabilities)
    {
        string[] listed =
        [
            .. ContractSuite
                .RowsFor(capabilities)
                .Concat(ContractSuite.OtherRowsFor(capabilities))
                .Select(row => ((string)row[0]).Split(' ')[0]),
        ];
        listed
            .Order(StringComparer.Ordinal)
            .ShouldBe(ContractSuite.Cases.Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_case_refuses_to_run_where_it_does_not_apply()
    {
        ContractWorld world = MemoryArm.NewWorld(Defect.None) with { Capabilities = ContractCapabilities.None };
        ArgumentException error = await Should.ThrowAsync<ArgumentException>(() =>
            ContractSuite.Find("reset/in-pending-read").RunAsync(world)
        );
        error.Message.ShouldContain("'reset/in-pending-read' needs RealReset");
    }

    [Fact]
    public async Task A_world_that_says_that_it_can_and_gives_no_address_is_told_so()
    {
        ContractWorld world = MemoryArm.NewWorld(Defect.None) with { UnreachableAddress = null };
        ContractViolationException violation = await Should.ThrowAsync<ContractViolationException>(() =>
            ContractSuite.Find("connect/unreachable").RunAsync(world)
        );
        violation.Message.ShouldContain("gives no UnreachableAddress");
    }

    [Theory]
    [InlineData(typeof(WatchedTransport))]
    [InlineData(typeof(WatchedListener))]
    public void The_watch_passes_on_every_call(Type watch)
    {
        // A member that is not overridden would answer for the driver, and nobody would notice.
        watch
            .BaseType!.GetMethods()
            .Where(method => method.IsVirtual && method.DeclaringType == watch.BaseType)
            .Where(method =>
                watch
                    .GetMethod(method.Name, [.. method.GetParameters().Select(one => one.ParameterType)])!
                    .DeclaringType != watch
            )
            .Select(method => method.Name)
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_watch_passes_on_every_call_of_a_network() =>
        typeof(INetwork)
            .GetMethods()
            .Except(
                typeof(WatchedNetwork)
                    .GetInterfaceMap(typeof(INetwork))
                    .InterfaceMethods.Where(
                        (_, place) =>
                            typeof(WatchedNetwork).GetInterfaceMap(typeof(INetwork)).TargetMethods[place].DeclaringType
                            == typeof(WatchedNetwork)
                    )
            )
            .ShouldBeEmpty();

    [Fact]
    public void A_hang_is_ended_in_the_time_of_the_world_and_named()
    {
        ContractViolationException violation = Should.Throw<ContractViolationException>(() =>
            SimulatedArm.Run(
                ContractSuite.Find("echo/large"),
                FaultProfiles.LossyWan,
                seed: 1,
                patience: TimeSpan.FromSeconds(1)
            )
        );
        violation.Message.ShouldContain("'echo/large' has not ended after 00:00:01");
    }

    [Theory]
    [InlineData("connect/crowd", false)]
    [InlineData("flow/slow-reader", false)]
    [InlineData("reset/close-with-unread", false)]
    [InlineData("connect/serve", true)]
    [InlineData("flow/slow-reader", true)]
    [InlineData("half-close/both-at-once", true)]
    public void A_simulated_run_is_the_same_each_time(string name, bool tls)
    {
        ContractCase one = ContractSuite.Find(name);
        ulong[] hashes =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(_ =>
                    SimulatedArm.Run(
                        one,
                        FaultProfiles.LossyWan,
                        seed: 5,
                        over: tls ? world => Tls.Over(world, TimeSpan.FromMinutes(2)) : null
                    )
                ),
        ];
        hashes.Distinct().Count().ShouldBe(1);
    }
}
