namespace Deterministic.Core.Tests;

public class ExceptionTests
{
    private static readonly Exception Cause = new NotSupportedException();

    [Clause("E-INC-01", "E-INC-02")]
    [Theory]
    [InlineData(2, 5L, "2 bytes read on a total of 5 expected bytes")]
    [InlineData(0, 1234567L, "0 bytes read on a total of 1234567 expected bytes")]
    [InlineData(3, null, "3 bytes read on a total of undefined expected bytes")]
    public void An_incomplete_read_says_what_came_and_what_was_expected(int count, long? expected, string message)
    {
        byte[] partial = Bytes.Counting(count);
        IncompleteReadException error = new(partial, expected);
        error.Partial.ToArray().ShouldBe(partial);
        error.Expected.ShouldBe(expected);
        error.Message.ShouldBe(message);
    }

    [Clause("E-INC-01")]
    [Fact]
    public void An_incomplete_read_is_an_end_of_stream() =>
        new IncompleteReadException().ShouldBeAssignableTo<EndOfStreamException>();

    [Fact]
    public void An_incomplete_read_can_be_made_of_nothing()
    {
        IncompleteReadException error = new();
        error.Partial.IsEmpty.ShouldBeTrue();
        error.Expected.ShouldBeNull();
        error.Message.ShouldBe("0 bytes read on a total of undefined expected bytes");
        new IncompleteReadException("cut").Message.ShouldBe("cut");
        new IncompleteReadException("cut", Cause).InnerException.ShouldBeSameAs(Cause);
        new IncompleteReadException("cut", Cause).Message.ShouldBe("cut");
    }

    [Clause("E-LIM-01")]
    [Fact]
    public void An_overrun_says_what_can_be_read_off()
    {
        LimitOverrunException error = new("too long", 17);
        error.Message.ShouldBe("too long");
        error.Consumed.ShouldBe(17);
        error.ShouldBeAssignableTo<IOException>();
    }

    [Fact]
    public void An_overrun_can_be_made_of_nothing()
    {
        new LimitOverrunException().Message.ShouldBe("The separator was not found within the limit.");
        new LimitOverrunException().Consumed.ShouldBe(0);
        new LimitOverrunException("long").Message.ShouldBe("long");
        new LimitOverrunException("long", Cause).InnerException.ShouldBeSameAs(Cause);
        new LimitOverrunException("long", Cause).Message.ShouldBe("long");
    }

    [Clause("E-CONN-01")]
    [Fact]
    public void A_lost_connection_says_why()
    {
        ConnectionException error = new(ConnectionErrorKind.Reset, "Connection lost", Cause);
        error.Kind.ShouldBe(ConnectionErrorKind.Reset);
        error.Message.ShouldBe("Connection lost");
        error.InnerException.ShouldBeSameAs(Cause);
        error.ShouldBeAssignableTo<IOException>();
        new ConnectionException(ConnectionErrorKind.Refused, "no").InnerException.ShouldBeNull();
    }

    [Fact]
    public void A_lost_connection_is_of_another_kind_unless_told()
    {
        new ConnectionException().Message.ShouldBe("The connection failed.");
        new ConnectionException().Kind.ShouldBe(ConnectionErrorKind.Other);
        new ConnectionException("gone").Kind.ShouldBe(ConnectionErrorKind.Other);
        new ConnectionException("gone").Message.ShouldBe("gone");
        new ConnectionException("gone", Cause).Kind.ShouldBe(ConnectionErrorKind.Other);
        new ConnectionException("gone", Cause).InnerException.ShouldBeSameAs(Cause);
        new ConnectionException("gone", Cause).Message.ShouldBe("gone");
    }
}
