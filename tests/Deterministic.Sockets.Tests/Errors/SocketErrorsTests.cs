using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;

namespace Deterministic.Sockets.Tests;

public sealed class SocketErrorsTests
{
    [Theory]
    [InlineData(SocketError.ConnectionReset, ConnectionErrorKind.Reset)]
    [InlineData(SocketError.NotConnected, ConnectionErrorKind.Reset)]
    [InlineData(SocketError.ConnectionAborted, ConnectionErrorKind.Aborted)]
    [InlineData(SocketError.Shutdown, ConnectionErrorKind.BrokenPipe)]
    [InlineData(SocketError.ConnectionRefused, ConnectionErrorKind.Refused)]
    [InlineData(SocketError.TimedOut, ConnectionErrorKind.TimedOut)]
    [InlineData(SocketError.NetworkUnreachable, ConnectionErrorKind.Unreachable)]
    [InlineData(SocketError.HostUnreachable, ConnectionErrorKind.Unreachable)]
    [InlineData(SocketError.HostNotFound, ConnectionErrorKind.NameNotResolved)]
    [InlineData(SocketError.TryAgain, ConnectionErrorKind.NameNotResolved)]
    [InlineData(SocketError.AddressAlreadyInUse, ConnectionErrorKind.AddressInUse)]
    [InlineData(SocketError.AddressNotAvailable, ConnectionErrorKind.AddressNotAvailable)]
    [InlineData(SocketError.AccessDenied, ConnectionErrorKind.AccessDenied)]
    [InlineData(SocketError.TooManyOpenSockets, ConnectionErrorKind.ResourcesExhausted)]
    [InlineData(SocketError.NoBufferSpaceAvailable, ConnectionErrorKind.ResourcesExhausted)]
    [InlineData(SocketError.MessageSize, ConnectionErrorKind.Other)]
    internal void Every_error_of_the_field_has_its_kind_and_keeps_its_cause(SocketError error, ConnectionErrorKind kind)
    {
        ConnectionException lost = SocketErrors.Lost(error);
        lost.Kind.ShouldBe(kind);
        lost.InnerException.ShouldBeOfType<SocketException>().SocketErrorCode.ShouldBe(error);
    }

    [Fact]
    public void A_failed_connect_names_the_address_and_the_reason()
    {
        IPEndPoint remote = new(IPAddress.Loopback, 7);
        SocketErrors
            .NotConnected(remote, new SocketException((int)SocketError.ConnectionRefused))
            .Message.ShouldBe(
                $"Connect call failed (127.0.0.1:7): {new SocketException((int)SocketError.ConnectionRefused).Message}"
            );
    }
}
