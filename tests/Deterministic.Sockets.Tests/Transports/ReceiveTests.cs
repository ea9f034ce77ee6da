using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Tuning;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

public sealed class ReceiveTests : GuardedTest, IDisposable
{
    private readonly Pair _pair = Pair.Create();
    private readonly byte[] _buffer = new byte[16];

    public new void Dispose()
    {
        _pair.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Bytes_that_are_there_are_received_at_once()
    {
        _pair.SendFromPeer("abc"u8);
        TransportResult result = _pair.Transport.Receive(_buffer);
        result.Status.ShouldBe(TransportStatus.Completed);
        result.Count.ShouldBe(3);
        _buffer.AsSpan(0, 3).SequenceEqual("abc"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Otherwise_they_are_reported_when_they_come()
    {
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.Pending);
        _pair.Peer.Send("abc"u8);
        TransportResult result = await _pair.Handler.Receives.ReadAsync(Guard);
        result.Status.ShouldBe(TransportStatus.Completed);
        _buffer.AsSpan(0, result.Count).SequenceEqual("abc"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task The_end_of_the_peers_half_is_end_of_file_as_often_as_asked()
    {
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.Pending);
        _pair.Peer.Shutdown(SocketShutdown.Send);
        (await _pair.Handler.Receives.ReadAsync(Guard)).Status.ShouldBe(TransportStatus.EndOfFile);
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.EndOfFile);
    }

    [Fact]
    public async Task A_reset_surfaces_in_a_pending_receive()
    {
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.Pending);
        _pair.ResetFromPeer();
        TransportResult result = await _pair.Handler.Receives.ReadAsync(Guard);
        result.Status.ShouldBe(TransportStatus.Failed);
        result.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.Reset);
    }

    /// <summary>The kernel reports a reset once; a receive after that finds what looks like an end of file. Only Linux reports more if asked.</summary>
    [Fact]
    public void A_reset_that_a_send_has_heard_of_is_no_end_of_file()
    {
        if (!TcpInfo.IsSupported)
        {
            return;
        }

        _pair.ResetFromPeer();
        SpinWait
            .SpinUntil(() => _pair.Transport.TrySend("x"u8).Status == TransportStatus.Failed, TimeSpan.FromSeconds(30))
            .ShouldBeTrue();
        TransportResult result = _pair.Transport.Receive(_buffer);
        result.Status.ShouldBe(TransportStatus.Failed);
        result.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.Reset);
    }

    /// <summary>The kernel has delivered the whole stream: the reset behind it takes nothing away.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_behind_the_peers_end_leaves_the_bytes_and_the_end(bool isPending)
    {
        Task<TransportResult>? pending = isPending ? ReceiveAsync() : null;
        _pair.Peer.Send("all of it"u8);
        _pair.Peer.Shutdown(SocketShutdown.Send);
        _pair.ResetFromPeer();
        (await (pending ?? ReceiveAsync())).Count.ShouldBe(9);
        SpinWait.SpinUntil(IsGone, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.EndOfFile);
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.EndOfFile);
        _pair
            .Transport.TrySend("x"u8)
            .Error.ShouldBeOfType<ConnectionException>()
            .Kind.ShouldBe(ConnectionErrorKind.BrokenPipe);
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.EndOfFile);
    }

    /// <summary>What somebody has read from the socket before counts as well.</summary>
    [Theory]
    [InlineData(0, 9)]
    [InlineData(4, 9)]
    [InlineData(9, 9)]
    [InlineData(9, 0)]
    public async Task The_same_holds_for_a_socket_that_was_handed_over(int readBefore, int readByUs)
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        peer.Send(new byte[readBefore + readByUs]);
        for (int left = readBefore; left > 0; )
        {
            left -= own.Receive(new byte[left]);
        }

        Connection connection = SocketNetwork.Default.OpenConnection(own);
        peer.Shutdown(SocketShutdown.Send);
        peer.Close(timeout: 0);
        (await connection.Reader.ReadToEndAsync(Guard)).Length.ShouldBe(readByUs);
        connection.Abort();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receive_that_our_own_close_cuts_short_ends_once_and_without_an_error(bool abort)
    {
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.Pending);
        Close(abort);
        (await _pair.Handler.Receives.ReadAsync(Guard)).Status.ShouldBe(TransportStatus.EndOfFile);
        _pair.Transport.Abort();
        _pair.Handler.Receives.TryRead(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_receive_that_comes_after_the_close_finds_end_of_file(bool abort)
    {
        Close(abort);
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.EndOfFile);
    }

    private async Task<TransportResult> ReceiveAsync()
    {
        TransportResult result = _pair.Transport.Receive(_buffer);
        return result.Status == TransportStatus.Pending ? await _pair.Handler.Receives.ReadAsync(Guard) : result;
    }

    private bool IsGone() => !TcpInfo.IsSupported || TcpInfo.StateOf(_pair.Own) == KernelTcpState.Close;

    private void Close(bool abort)
    {
        if (abort)
        {
            _pair.Transport.Abort();
        }
        else
        {
            _pair.Transport.Close().Status.ShouldBe(TransportStatus.Completed);
        }
    }
}
