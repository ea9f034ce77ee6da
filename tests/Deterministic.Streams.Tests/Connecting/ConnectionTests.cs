using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class ConnectionTests
{
    [Fact]
    public void A_connection_deconstructs_into_its_reader_and_its_writer()
    {
        Connection connection = Connection.Attach(new ScriptedTransport());
        (AsyncStreamReader reader, AsyncStreamWriter writer) = connection;
        reader.ShouldBeSameAs(connection.Reader);
        writer.ShouldBeSameAs(connection.Writer);
    }

    [Clause("R-CTOR-01", "W-WM-01")]
    [Fact]
    public void Without_options_it_has_the_documented_defaults()
    {
        Connection connection = Connection.Attach(new ScriptedTransport());
        connection.Reader.Limit.ShouldBe(65536);
        connection.Writer.WriteBufferLimits.ShouldBe(WriteBufferLimits.Create(65536, 16384));
    }

    [Clause("R-CTOR-02", "C-SRV-02")]
    [Fact]
    public void Options_are_checked_where_they_are_set()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ConnectionOptions { Limit = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => ConnectionOptions.Default with { Limit = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ServerOptions { Backlog = 0 });
        new ServerOptions { Backlog = 1, Limit = 1 }.Backlog.ShouldBe(1);
        ServerOptions.Default.Backlog.ShouldBe(100);
        ServerOptions.Default.StartServing.ShouldBeTrue();
        ServerOptions.Default.OnError.ShouldBeNull();
    }

    [Fact]
    public void A_transport_must_be_given() =>
        Should.Throw<ArgumentNullException>(() => Connection.Attach(null!)).ParamName.ShouldBe("transport");

    [Clause("W-CLOSE-03")]
    [Fact]
    public void Disposing_flushes_and_closes_in_order()
    {
        Wire wire = Wire.Blocked(queued: 5);
        Task disposed = wire.Connection.DisposeAsync().AsTask();
        disposed.ShouldWait();
        wire.Transport.Accept(5);
        disposed.Now();
        wire.Transport.Sent.ShouldBe("xxxxx");
        wire.Transport.Calls.ShouldEndWith("close");
    }

    [Fact]
    public void Disposing_twice_is_fine()
    {
        Wire wire = new();
        wire.Connection.DisposeAsync().AsTask().Now();
        wire.Connection.DisposeAsync().AsTask().Now();
        wire.Transport.Calls.ShouldBe("receive close");
    }

    [Fact]
    public void Disposing_never_throws_on_a_lost_connection()
    {
        Wire lost = new();
        lost.Transport.ArriveError(Wire.Reset);
        lost.Connection.DisposeAsync().AsTask().Now();

        Wire failing = Wire.Blocked(queued: 5);
        Task disposed = failing.Connection.DisposeAsync().AsTask();
        failing.Transport.FailSend(Wire.Reset);
        disposed.Now();
    }

    [Fact]
    public void An_abort_ends_a_dispose_that_waits_for_a_peer_that_never_reads()
    {
        Wire wire = Wire.Blocked(queued: 5);
        Task disposed = wire.Connection.DisposeAsync().AsTask();
        wire.Connection.Abort();
        wire.Transport.RunScheduled();
        disposed.Now();
    }
}
