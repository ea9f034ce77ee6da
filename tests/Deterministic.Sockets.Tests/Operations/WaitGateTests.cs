using Deterministic.Sockets.Operations;

namespace Deterministic.Sockets.Tests;

public class WaitGateTests
{
    [Fact]
    public void Of_all_who_hear_that_an_operation_can_go_on_one_carries_it_on()
    {
        WaitGate gate = new();
        gate.IsIdle.ShouldBeTrue();
        gate.TryContinue().ShouldBeFalse("there is none");
        gate.Begin();
        gate.IsIdle.ShouldBeFalse();
        gate.TryContinue().ShouldBeFalse("whoever began it has it");
        gate.Wait();
        gate.TryContinue().ShouldBeTrue();
        gate.TryContinue().ShouldBeFalse("another has it");
        gate.Wait();
        gate.IsIdle.ShouldBeFalse();
        gate.TryContinue().ShouldBeTrue();
        gate.End();
        gate.IsIdle.ShouldBeTrue();
        gate.TryContinue().ShouldBeFalse();
    }

    [Fact]
    public void A_second_operation_is_refused_while_the_first_waits_or_runs()
    {
        WaitGate gate = new();
        gate.Begin();
        Should.Throw<InvalidOperationException>(() => gate.Begin());
        gate.Wait();
        Should.Throw<InvalidOperationException>(() => gate.Begin());
        gate.TryContinue().ShouldBeTrue();
        gate.End();
        gate.Begin();
    }
}
