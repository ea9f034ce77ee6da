using Deterministic.Soak.Playing;
using Deterministic.Sockets.Operations;

namespace Deterministic.Sockets.Tests;

public sealed class OperationGateTests
{
    [Fact]
    public void An_operation_begins_and_ends_again_and_again()
    {
        OperationGate gate = default;
        for (int i = 0; i < 3; i++)
        {
            gate.IsIdle.ShouldBeTrue();
            gate.TryBegin().ShouldBeTrue();
            gate.IsIdle.ShouldBeFalse();
            gate.End().ShouldBeFalse();
        }

        gate.IsRetired.ShouldBeFalse();
    }

    [Fact]
    public void A_second_begin_throws_and_disturbs_nothing()
    {
        OperationGate gate = default;
        gate.TryBegin().ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => gate.TryBegin());
        gate.End().ShouldBeFalse();
        gate.TryBegin().ShouldBeTrue();
    }

    [Fact]
    public void Retiring_an_idle_operation_disposes_at_once_and_only_once()
    {
        OperationGate gate = default;
        gate.Retire().ShouldBeTrue();
        gate.Retire().ShouldBeFalse();
        gate.TryBegin().ShouldBeFalse();
        gate.IsRetired.ShouldBeTrue();
    }

    [Fact]
    public void Retiring_an_operation_in_flight_leaves_disposing_to_its_end()
    {
        OperationGate gate = default;
        gate.TryBegin();
        gate.Retire().ShouldBeFalse();
        gate.IsRetired.ShouldBeTrue();
        gate.TryBegin().ShouldBeFalse();
        gate.End().ShouldBeTrue();
        gate.Retire().ShouldBeFalse();
        gate.TryBegin().ShouldBeFalse();
    }

    [Fact]
    public void Of_an_end_and_a_retirement_at_the_same_time_exactly_one_disposes()
    {
        for (int round = 0; round < 2_000; round++)
        {
            Racer racer = new();
            Parallel.Invoke(racer.End, racer.Retire);
            racer.Disposals.ShouldBe(1);
        }
    }

    private sealed class Racer
    {
        private OperationGate _gate;
        private int _disposals;

        public Racer() => _gate.TryBegin();

        public int Disposals => _disposals;

        public void End() => Count(_gate.End());

        public void Retire() => Count(_gate.Retire());

        private void Count(bool disposes)
        {
            if (disposes)
            {
                Interlocked.Increment(ref _disposals);
            }
        }
    }
}
