using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>Another engine than the runtime's can take its place: all but the bytes on the wire stays the same.</summary>
public sealed class EngineTests
{
    private readonly ToyEngine _engine = new();

    [Fact]
    public void Another_engine_carries_the_connection_and_closes_it()
    {
        TlsPair pair = Secured();
        pair.ShouldCarry("secret");
        Bytes.Text(pair.ClientWire.Sent).ShouldNotContain("secret");
        pair.Client.Writer.Write(new byte[100_000]);
        pair.Client.Writer.Close();
        pair.Now(pair.Server.Reader.ReadToEndAsync()).Length.ShouldBe(100_000);
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.Now(pair.Server.Writer.WaitClosedAsync());
        pair.ShouldBeGone();
        ShouldBeDisposed();
    }

    [Clause("W-HALF-03")]
    [Fact]
    public void What_is_cut_off_is_told_for_every_engine()
    {
        TlsPair pair = Secured();
        Task reading = pair.Client.Reader.ReadAsync().AsTask();
        pair.ClientWire.EndWith(TransportResult.EndOfFile);
        pair.Error(reading, ConnectionErrorKind.Truncated);
        pair.Server.Abort();
        pair.ShouldBeGone();
        ShouldBeDisposed();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_session_is_disposed_of_once_and_only_when_nobody_is_inside(bool sending)
    {
        TlsPair pair = Secured();
        Task<byte[]> reading = pair.Client.Reader.ReadAsync().AsTask();
        if (sending)
        {
            pair.ServerWire.Window = 0;
            pair.Client.Writer.Write(new byte[1000]);
            pair.Queue.Run();
        }

        pair.Client.Abort();
        pair.Now(reading).ShouldBeEmpty();
        pair.Queue.Run();
        ShouldBeDisposed();
    }

    [Clause("W-STLS-07")]
    [Fact]
    public void A_handshake_is_given_up_even_if_its_engine_waits_for_something_else()
    {
        ToyEngine slow = new() { Hold = new TaskCompletionSource() };
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions with { Engine = slow });
        pair.Server.Writer.Write("H"u8);
        pair.Queue.Run();
        pair.Advance(TimeSpan.FromSeconds(60));
        pair.Error(client, ConnectionErrorKind.TimedOut);
        slow.Sessions.ShouldBeEmpty();
        slow.Hold.SetResult();
        slow.Sessions.ShouldHaveSingleItem().Disposals.ShouldBe(1, "it came too late");
        pair.Client.Tls.ShouldBeNull();
    }

    [Fact]
    public void What_an_engine_throws_is_a_failed_handshake()
    {
        TlsPair pair = new();
        Task client = pair.Client.StartTlsAsync(TlsPair.ClientOptions with { Engine = _engine });
        pair.Server.Writer.Write("?"u8);
        ConnectionException error = pair.Error(client, ConnectionErrorKind.TlsHandshakeFailed);
        error.Message.ShouldContain("That is no greeting.");
        error.InnerException.ShouldBeOfType<InvalidDataException>();
        pair.Error(pair.Client.Writer.WaitClosedAsync(), ConnectionErrorKind.TlsHandshakeFailed).ShouldBeSameAs(error);
    }

    private TlsPair Secured() =>
        TlsPair.Secured(
            TlsPair.ClientOptions with
            {
                Engine = _engine,
            },
            TlsPair.ServerOptions with
            {
                Engine = _engine,
            }
        );

    private void ShouldBeDisposed() => _engine.Sessions.ShouldAllBe(session => session.Disposals == 1);
}
