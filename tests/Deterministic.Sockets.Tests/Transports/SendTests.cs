using System.Buffers;
using Deterministic.Core;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

public sealed class SendTests : GuardedTest, IDisposable
{
    private readonly Pair _pair = Pair.Create();

    public new void Dispose()
    {
        _pair.Dispose();
        base.Dispose();
    }

    [Fact]
    public void A_tried_send_goes_out_at_once()
    {
        _pair.Transport.TrySend("abc"u8).Count.ShouldBe(3);
        byte[] buffer = new byte[16];
        _pair.Peer.Receive(buffer).ShouldBe(3);
    }

    [Fact]
    public void A_tried_send_never_waits_and_loses_nothing_when_the_kernel_is_full()
    {
        long taken = _pair.FillKernel();
        taken.ShouldBeGreaterThan(0);
        _pair.Transport.TrySend("more"u8).ShouldBe(TransportResult.WouldBlock);
        _pair.Transport.Close();
        byte[] all = Loopback.ReadToEnd(_pair.Peer);
        all.Length.ShouldBe((int)taken);
        Pattern.Matches(all).ShouldBeTrue();
    }

    [Fact]
    public async Task A_send_that_must_wait_is_reported_once_the_peer_has_read()
    {
        long taken = _pair.FillKernel();
        byte[] data = Segments.Bytes(1000, seed: 1);
        _pair.Transport.Send(new ReadOnlySequence<byte>(data)).Status.ShouldBe(TransportStatus.Pending);
        Task<byte[]> reading = Task.Run(() => Loopback.ReadToEnd(_pair.Peer), Guard);
        (await _pair.Handler.Sends.ReadAsync(Guard)).Count.ShouldBe(1000);
        _pair.Transport.Close();
        byte[] all = await reading;
        all.Length.ShouldBe((int)taken + 1000);
        all.AsSpan((int)taken).SequenceEqual(data).ShouldBeTrue();
    }

    [Fact]
    public async Task Progress_of_a_large_send_is_reported_in_parts()
    {
        long taken = _pair.FillKernel();
        byte[] data = Segments.Bytes(10 * SendOperation.MaxBytes, seed: 2);
        _pair.Transport.Send(new ReadOnlySequence<byte>(data)).Status.ShouldBe(TransportStatus.Pending);
        Task<byte[]> reading = Task.Run(() => Loopback.ReadToEnd(_pair.Peer), Guard);
        int sent = (await _pair.Handler.Sends.ReadAsync(Guard)).Count;
        sent.ShouldBeInRange(1, SendOperation.MaxBytes);
        _pair.Transport.Close();
        (await reading).Length.ShouldBe((int)taken + sent);
    }

    [Theory]
    [InlineData(2, 100)]
    [InlineData(40, 100)]
    [InlineData(2, VectoredSend.MaxCopiedBytes)]
    [InlineData(VectoredSend.MaxSegments, 4096)]
    [InlineData(3 * VectoredSend.MaxSegments, 4096)]
    public void Many_segments_go_out_in_order_and_at_least_their_front_at_once(int count, int size)
    {
        ReadOnlySequence<byte> data = Segments.Numbered(count, size);
        TransportResult result = _pair.Transport.Send(data);
        result.Status.ShouldBe(TransportStatus.Completed);
        result.Count.ShouldBe(
            data.Length <= VectoredSend.MaxCopiedBytes ? count * size : Math.Min(count, VectoredSend.MaxSegments) * size
        );
        _pair.Transport.Close();
        Loopback.ReadToEnd(_pair.Peer).ShouldBe(data.Slice(0, result.Count).ToArray());
    }

    [Fact]
    public void Segments_that_are_no_arrays_are_sent_as_well()
    {
        NativeMemoryOwner native = new(VectoredSend.MaxCopiedBytes);
        new Random(3).NextBytes(native.GetSpan());
        ReadOnlySequence<byte> data = Segments.Of(native.Memory, new byte[] { 1, 2, 3 });
        TransportResult result = _pair.Transport.Send(data);
        _pair.Transport.Close();
        Loopback.ReadToEnd(_pair.Peer).ShouldBe(data.Slice(0, result.Count).ToArray());
        ((IDisposable)native).Dispose();
    }

    [Fact]
    public async Task Many_segments_wait_when_the_kernel_is_full()
    {
        _pair.FillKernel();
        ReadOnlySequence<byte> data = Segments.Numbered(20, 4096);
        _pair.Transport.Send(data).Status.ShouldBe(TransportStatus.Pending);
        Task<byte[]> reading = Task.Run(() => Loopback.ReadToEnd(_pair.Peer), Guard);
        TransportResult result = await _pair.Handler.Sends.ReadAsync(Guard);
        _pair.Transport.Close();
        (await reading).AsSpan()[^result.Count..].SequenceEqual(data.Slice(0, result.Count).ToArray()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_send_to_a_peer_that_reset_fails()
    {
        _pair.Transport.Receive(new byte[1]);
        _pair.ResetFromPeer();
        await _pair.Handler.Receives.ReadAsync(Guard);
        TransportResult result = _pair.Transport.TrySend("x"u8);
        result.Status.ShouldBe(TransportStatus.Failed);
        result.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.BrokenPipe);
    }

    [Fact]
    public async Task A_reset_surfaces_in_a_pending_send()
    {
        _pair.FillKernel();
        _pair.Transport.Send(new ReadOnlySequence<byte>(new byte[1])).Status.ShouldBe(TransportStatus.Pending);
        _pair.ResetFromPeer();
        TransportResult result = await _pair.Handler.Sends.ReadAsync(Guard);
        result.Status.ShouldBe(TransportStatus.Failed);
        result.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.Reset);
    }

    [Fact]
    public async Task A_send_that_our_own_abort_cuts_short_ends_once()
    {
        _pair.FillKernel();
        _pair.Transport.Send(new ReadOnlySequence<byte>(new byte[1])).Status.ShouldBe(TransportStatus.Pending);
        _pair.Transport.Abort();
        TransportResult result = await _pair.Handler.Sends.ReadAsync(Guard);
        result.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.Aborted);
        _pair.Handler.Sends.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public void Sends_after_the_close_fail_quietly()
    {
        _pair.Transport.Close();
        _pair.Transport.TrySend("x"u8).Status.ShouldBe(TransportStatus.Failed);
        _pair.Transport.Send(new ReadOnlySequence<byte>(new byte[1])).Status.ShouldBe(TransportStatus.Failed);
        _pair.Transport.Send(Segments.Numbered(2, 10)).Status.ShouldBe(TransportStatus.Failed);
        _pair.Transport.ShutdownWrite().Status.ShouldBe(TransportStatus.Failed);
    }
}
