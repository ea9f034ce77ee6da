using Deterministic.Core.Connecting;
using static Deterministic.Core.ConnectionState;

namespace Deterministic.Core.Tests;

public class ConnectionTransitionTests
{
    /// <summary>State before; then the state after Close, Flushed, Abort, Disconnect and Disconnected.</summary>
    public static TheoryData<ConnectionState, ConnectionState[]> Rows =>
        new()
        {
            { Open, [Flushing, Open, Aborting, Open, Closed] },
            { Flushing, [Flushing, Closing, Aborting, Flushing, Closed] },
            { Closing, [Closing, Closing, Aborting, Disconnecting, Closed] },
            { Disconnecting, [Disconnecting, Disconnecting, Aborting, Disconnecting, Closed] },
            { Aborting, [Aborting, Aborting, Aborting, Resetting, Closed] },
            { Resetting, [Resetting, Resetting, Resetting, Resetting, Closed] },
            { Closed, [Closed, Closed, Closed, Closed, Closed] },
        };

    private static readonly ConnectionState[] States = Enum.GetValues<ConnectionState>();
    private static readonly ConnectionInput[] Inputs = Enum.GetValues<ConnectionInput>();

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_state_and_input_leads_where_the_table_says(ConnectionState before, ConnectionState[] after) =>
        Inputs.Select(input => ConnectionTransitions.After(before, input)).ShouldBe(after);

    [Fact]
    public void The_table_has_every_state() => Rows.Select(row => (ConnectionState)row[0]).ShouldBe(States);

    [Fact]
    public void Every_input_is_idempotent() =>
        All()
            .ShouldAllBe(pair =>
                ConnectionTransitions.After(ConnectionTransitions.After(pair.State, pair.Input), pair.Input)
                == ConnectionTransitions.After(pair.State, pair.Input)
            );

    [Fact]
    public void Nothing_leads_back() =>
        All().ShouldAllBe(pair => ConnectionTransitions.After(pair.State, pair.Input) >= pair.State);

    [Fact]
    public void From_every_state_the_transport_can_go() =>
        States.ShouldAllBe(state => ConnectionTransitions.After(state, ConnectionInput.Disconnected) == Closed);

    [Fact]
    public void Only_a_close_that_has_flushed_begins_to_disconnect_and_only_an_abort_to_reset()
    {
        LeadingTo(Disconnecting, ConnectionInput.Disconnect).ShouldBe([Closing]);
        LeadingTo(Resetting, ConnectionInput.Disconnect).ShouldBe([Aborting]);
    }

    [Fact]
    public void An_abort_overtakes_whatever_still_takes_time() =>
        LeadingTo(Aborting, ConnectionInput.Abort).ShouldBe([Open, Flushing, Closing, Disconnecting]);

    [Theory]
    [InlineData(Open, null)]
    [InlineData(Flushing, null)]
    [InlineData(Closing, "close")]
    [InlineData(Disconnecting, null)]
    [InlineData(Aborting, "abort")]
    [InlineData(Resetting, null)]
    [InlineData(Closed, null)]
    public void A_machine_in_each_state_asks_for_what_the_state_says(ConnectionState state, string? operation)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        connection.IsClosing.ShouldBe(state != Open);
        connection.BeginReceive().ShouldBe(state == Open);
        connection.BeginClose().ShouldBe(operation);
        connection.BeginClose().ShouldBeNull("once");
    }

    private static IEnumerable<ConnectionState> LeadingTo(ConnectionState after, ConnectionInput input) =>
        States.Where(state => state != after && ConnectionTransitions.After(state, input) == after);

    private static IEnumerable<(ConnectionState State, ConnectionInput Input)> All() =>
        from state in States
        from input in Inputs
        select (state, input);
}
