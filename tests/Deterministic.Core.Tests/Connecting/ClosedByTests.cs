namespace Deterministic.Core.Tests;

/// <summary>Who ended a connection is recorded when that begins, and stays.</summary>
[Clause("W-CLOSE-07")]
public class ClosedByTests
{
    private static readonly ConnectionException Error = new(ConnectionErrorKind.TimedOut, "time is up");

    /// <summary>Every way in which a connection ends, and whose it is.</summary>
    private static readonly (string Name, Action<ConnectionMachine> End, ClosedBy By)[] Ends =
    [
        ("close", connection => connection.Close(), ClosedBy.ThisSide),
        ("abort", connection => connection.Abort(), ClosedBy.ThisSide),
        ("close with an error", connection => connection.Close(Error), ClosedBy.Failure),
        ("abort with an error", connection => connection.Abort(Error), ClosedBy.Failure),
        ("failure", connection => connection.Failed(Error), ClosedBy.Failure),
        ("the peer's end", connection => connection.CloseAfterPeer(), ClosedBy.Peer),
        ("gone with an error", connection => connection.Disconnected(Error), ClosedBy.Failure),
        ("gone", connection => connection.Disconnected(), ClosedBy.Failure),
    ];

    public static TheoryData<int, int> Pairs
    {
        get
        {
            TheoryData<int, int> pairs = [];
            foreach (int first in Enumerable.Range(0, Ends.Length))
            {
                foreach (int second in Enumerable.Range(0, Ends.Length))
                {
                    pairs.Add(first, second);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_first_end_is_the_one_that_counts_whatever_follows(int first, int second)
    {
        ConnectionMachine connection = ConnectionTalk.New();
        connection.Write("queued");
        connection.ClosedBy.ShouldBe(ClosedBy.None);
        Ends[first].End(connection);
        connection.ClosedBy.ShouldBe(Ends[first].By, Ends[first].Name);
        Ends[second].End(connection);
        connection.BeginClose();
        connection.Disconnected();
        connection.ClosedBy.ShouldBe(Ends[first].By, $"{Ends[first].Name}, then {Ends[second].Name}");
    }

    [Theory]
    [InlineData(ConnectionState.Open)]
    [InlineData(ConnectionState.Flushing)]
    [InlineData(ConnectionState.Closing)]
    [InlineData(ConnectionState.Disconnecting)]
    public void An_abort_with_an_error_loses_the_connection_at_any_time_before_it_is_gone(ConnectionState state)
    {
        ConnectionMachine connection = ConnectionTalk.In(state);
        connection.Abort(Error);
        connection.State.ShouldBe(ConnectionState.Aborting);
        connection.Writer.Buffered.ShouldBe(0);
        connection.BeginClose().ShouldBe("abort");
        connection.Disconnected();
        connection.LostError.ShouldBeSameAs(Error);
        connection.Reader.Error.ShouldBeSameAs(Error);
    }

    [Fact]
    public void An_abort_with_an_error_comes_too_late_once_the_connection_is_gone()
    {
        ConnectionMachine connection = ConnectionTalk.In(ConnectionState.Closed);
        connection.Abort(Error);
        connection.State.ShouldBe(ConnectionState.Closed);
        connection.LostError.ShouldBeNull();
    }
}
