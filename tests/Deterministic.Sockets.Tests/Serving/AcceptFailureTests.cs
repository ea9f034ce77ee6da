using System.Net.Sockets;
using System.Threading.Channels;
using Deterministic.Core;
using Deterministic.Sockets.Serving;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Clause C-SRV-09. The failures are made up: a process that is truly out of descriptors can run no tests.</summary>
public sealed class AcceptFailureTests : GuardedTest, IDisposable
{
    private readonly Socket _listener = Loopback.Listen();
    private readonly ManualTime _time = new();
    private readonly Queue<SocketError> _toFail = [];
    private readonly Channel<Transport> _accepted = Channel.CreateUnbounded<Transport>();
    private readonly List<ConnectionException> _failures = [];
    private readonly AcceptPause _pause = new();
    private readonly AcceptLoop _loop;

    public AcceptFailureTests() =>
        _loop = new AcceptLoop(
            Accept,
            _listener.LocalEndPoint!,
            transport => _accepted.Writer.TryWrite(transport),
            error => _failures.Add(error.ShouldBeOfType<ConnectionException>()),
            _pause,
            socket => new SocketTransport(socket, ConnectionOptions.Default, _time),
            _time
        );

    public new void Dispose()
    {
        _loop.Stop();
        _listener.Dispose();
        base.Dispose();
    }

    [Clause("C-SRV-09")]
    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    public async Task Out_of_resources_it_reports_pauses_for_a_second_and_accepts_on(SocketError error)
    {
        using Socket client = Loopback.Connect(_listener.LocalEndPoint!);
        _toFail.Enqueue(error);
        _loop.Begin();
        _failures.ShouldHaveSingleItem().Kind.ShouldBe(ConnectionErrorKind.ResourcesExhausted);
        _time.Due.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromSeconds(1));
        _accepted.Reader.Count.ShouldBe(0);

        _time.Ring();
        (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(client.LocalEndPoint);
        _failures.ShouldHaveSingleItem();
        _time.Due.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_died_before_it_was_accepted_is_reported_without_a_pause()
    {
        using Socket client = Loopback.Connect(_listener.LocalEndPoint!);
        _toFail.Enqueue(SocketError.ConnectionAborted);
        _loop.Begin();
        _failures.ShouldHaveSingleItem().Kind.ShouldBe(ConnectionErrorKind.Aborted);
        _time.Due.ShouldBeEmpty();
        (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(client.LocalEndPoint);
    }

    [Fact]
    public void Stopped_in_the_pause_it_accepts_no_more()
    {
        using Socket client = Loopback.Connect(_listener.LocalEndPoint!);
        _toFail.Enqueue(SocketError.TooManyOpenSockets);
        _loop.Begin();
        _loop.Stop();
        _time.Due.ShouldBeEmpty();
        _loop.Begin();
        _accepted.Reader.Count.ShouldBe(0);
        _failures.Count.ShouldBe(1);
    }

    [Fact]
    public void Spare_descriptors_are_held_again_after_a_release_but_not_after_the_end()
    {
        using ReservedDescriptors spare = new();
        spare.TryTake().ShouldBeTrue();
        spare.Release();
        spare.TryTake().ShouldBeTrue();
        spare.Dispose();
        spare.TryTake().ShouldBeFalse();
    }

    private bool Accept(SocketAsyncEventArgs operation)
    {
        if (!_toFail.TryDequeue(out SocketError error))
        {
            return _listener.AcceptAsync(operation);
        }

        operation.SocketError = error;
        return false;
    }
}
