using System.Buffers;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract;

/// <summary>One end of a connection without the streams: a case plays their part by hand, and awaits what is pending.</summary>
internal sealed class RawEnd : ITransportHandler
{
    private TaskCompletionSource<TransportResult> _received = new();
    private TaskCompletionSource<TransportResult> _sent = new();
    private TaskCompletionSource<TransportResult> _shutDown = new();
    private readonly TaskCompletionSource<TransportResult> _closed = new();

    public RawEnd(Transport transport)
    {
        Transport = transport;
        transport.Attach(this);
    }

    public Transport Transport { get; }

    public Task<TransportResult> ReceiveAsync(Memory<byte> buffer)
    {
        _received = new TaskCompletionSource<TransportResult>();
        return ResultAsync(Transport.Receive(buffer), _received);
    }

    public Task<TransportResult> SendAsync(ReadOnlySequence<byte> data)
    {
        _sent = new TaskCompletionSource<TransportResult>();
        return ResultAsync(Transport.Send(data), _sent);
    }

    public Task<TransportResult> ShutdownWriteAsync()
    {
        _shutDown = new TaskCompletionSource<TransportResult>();
        return ResultAsync(Transport.ShutdownWrite(), _shutDown);
    }

    public Task<TransportResult> CloseAsync() => ResultAsync(Transport.Close(), _closed);

    public void ReceiveCompleted(TransportResult result) => _received.SetResult(result);

    public void SendCompleted(TransportResult result) => _sent.SetResult(result);

    public void ShutdownWriteCompleted(TransportResult result) => _shutDown.SetResult(result);

    public void CloseCompleted(TransportResult result) => _closed.SetResult(result);

    private static Task<TransportResult> ResultAsync(
        TransportResult result,
        TaskCompletionSource<TransportResult> reported
    ) => result.Status == TransportStatus.Pending ? reported.Task : Task.FromResult(result);
}
