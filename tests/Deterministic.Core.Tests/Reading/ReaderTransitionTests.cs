using Deterministic.Core.Reading;

namespace Deterministic.Core.Tests;

public class ReaderTransitionTests
{
    public static TheoryData<ReaderState, string, ReaderState> Transitions =>
        new()
        {
            { ReaderState.Open, nameof(ReaderInput.EndOfFile), ReaderState.Ended },
            { ReaderState.Open, nameof(ReaderInput.Failure), ReaderState.Failed },
            { ReaderState.Ended, nameof(ReaderInput.EndOfFile), ReaderState.Ended },
            { ReaderState.Ended, nameof(ReaderInput.Failure), ReaderState.EndedAndFailed },
            { ReaderState.Failed, nameof(ReaderInput.EndOfFile), ReaderState.EndedAndFailed },
            { ReaderState.Failed, nameof(ReaderInput.Failure), ReaderState.Failed },
            { ReaderState.EndedAndFailed, nameof(ReaderInput.EndOfFile), ReaderState.EndedAndFailed },
            { ReaderState.EndedAndFailed, nameof(ReaderInput.Failure), ReaderState.EndedAndFailed },
        };

    private static IEnumerable<(ReaderState State, ReaderInput Input)> All =>
        from state in Enum.GetValues<ReaderState>()
        from input in Enum.GetValues<ReaderInput>()
        select (state, input);

    [Clause("R-EOF-01", "R-EOF-03")]
    [Theory]
    [MemberData(nameof(Transitions))]
    public void Each_state_and_input_leads_where_the_table_says(ReaderState before, string input, ReaderState after) =>
        ReaderTransitions.After(before, Enum.Parse<ReaderInput>(input)).ShouldBe(after);

    [Fact]
    public void The_table_has_every_state_and_input() =>
        Transitions
            .Select(row => ((ReaderState)row[0], Enum.Parse<ReaderInput>((string)row[1])))
            .ShouldBe(All, ignoreOrder: true);

    [Fact]
    public void Both_inputs_are_idempotent() =>
        All.ShouldAllBe(pair => ReaderTransitions.After(After(pair), pair.Input) == After(pair));

    [Fact]
    public void End_and_failure_are_independent_of_their_order() =>
        Enum.GetValues<ReaderState>()
            .ShouldAllBe(state =>
                After(After(state, ReaderInput.EndOfFile), ReaderInput.Failure)
                == After(After(state, ReaderInput.Failure), ReaderInput.EndOfFile)
            );

    [Fact]
    public void Nothing_leads_back_to_open() => All.ShouldAllBe(pair => After(pair) != ReaderState.Open);

    [Fact]
    public void Machine_walks_the_table()
    {
        ReaderMachine reader = new();
        reader.State.ShouldBe(ReaderState.Open);
        reader.ReceivedEof();
        reader.State.ShouldBe(ReaderState.Ended);
        reader.Failed(new ConnectionException());
        reader.State.ShouldBe(ReaderState.EndedAndFailed);
    }

    private static ReaderState After((ReaderState State, ReaderInput Input) pair) => After(pair.State, pair.Input);

    private static ReaderState After(ReaderState state, ReaderInput input) => ReaderTransitions.After(state, input);
}
