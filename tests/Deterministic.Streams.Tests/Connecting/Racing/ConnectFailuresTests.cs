using Deterministic.Core;
using Deterministic.Streams.Racing;

namespace Deterministic.Streams.Tests;

/// <summary>Clause C-OPEN-07.</summary>
public sealed class ConnectFailuresTests
{
    private static readonly ConnectionException Refused = new(ConnectionErrorKind.Refused, "a refused");

    [Clause("C-OPEN-07")]
    [Fact]
    public void A_single_error_is_thrown_as_it_is() => ConnectFailures.Sum([Refused]).ShouldBeSameAs(Refused);

    [Clause("C-OPEN-07")]
    [Fact]
    public void Of_errors_with_the_same_text_the_first_is_thrown() =>
        ConnectFailures
            .Sum([Refused, new ConnectionException(ConnectionErrorKind.Refused, "a refused")])
            .ShouldBeSameAs(Refused);

    [Clause("C-OPEN-07")]
    [Documented("open_connection(all_errors)")]
    [Fact]
    public void Different_errors_are_summed_up_in_one()
    {
        ConnectionException sum = ConnectFailures.Sum([
            Refused,
            new ConnectionException(ConnectionErrorKind.Refused, "b refused"),
        ]);
        sum.Message.ShouldBe("Multiple exceptions: a refused, b refused");
        sum.Kind.ShouldBe(ConnectionErrorKind.Refused);
        sum.InnerException.ShouldBeOfType<AggregateException>().InnerExceptions.Count.ShouldBe(2);
    }

    [Clause("C-OPEN-07")]
    [Fact]
    public void Errors_of_different_kinds_have_none_in_common() =>
        ConnectFailures
            .Sum([Refused, new ConnectionException(ConnectionErrorKind.Unreachable, "b")])
            .Kind.ShouldBe(ConnectionErrorKind.Other);
}
