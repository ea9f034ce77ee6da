using System.Buffers;
using System.Net;
using System.Text;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Kernel.Tests;

/// <summary>One end of a connection, without the streams: what its operations return is noted.</summary>
internal sealed class End : ITransportHandler
{
    /// <summary>As large as the largest that the streams' drivers are given.</summary>
    private const int ChunkBytes = 16 * 1024;

    private readonly Stage _stage;
    private TaskCompletionSource<TransportResult> _received = new();
    private TaskCompletionSource<TransportResult> _sent = new();
    private readonly TaskCompletionSource<TransportResult> _closed = new();
    private bool _isOver;

    public End(Stage stage, string name, Transport transport)
    {
        _stage = stage;
        Name = name;
        Transport = transport;
        Local = (IPEndPoint)transport.LocalEndPoint!;
        Remote = (IPEndPoint)transport.RemoteEndPoint!;
        transport.Attach(this);
    }

    public string Name { get; }

    public Transport Transport { get; }

    public IPEndPoint Local { get; }

    public IPEndPoint Remote { get; }

    /// <summary>Writes a text.</summary>
    public Task WriteAsync(string text) => _stage.SeeAsync(BeginWriteAsync(text));

    /// <summary>Writes many bytes; each shows its offset.</summary>
    public Task WriteAsync(int count) => _stage.SeeAsync(BeginWriteAsync(count));

    /// <summary>Reads a text of that length, or up to what ends it.</summary>
    public Task ReadAsync(int length) => _stage.SeeAsync(BeginReadAsync(length));

    /// <summary>Reads what there is up to what ends it: a text.</summary>
    public Task ReadToEndAsync() => ReadAsync(int.MaxValue);

    /// <summary>Reads so many bytes of what <see cref="WriteAsync(int)"/> has written.</summary>
    /// <param name="count">How many.</param>
    /// <param name="first">How many have been read already.</param>
    public Task ReadManyAsync(int count, int first = 0) => _stage.SeeAsync(BeginReadManyAsync(count, first));

    /// <summary>Reads what <see cref="WriteAsync(int)"/> has written, up to what ends it.</summary>
    /// <param name="written">How many bytes that was.</param>
    /// <param name="first">How many of them have been read already.</param>
    public Task ReadToEndAsync(int written, int first = 0) => _stage.SeeAsync(BeginReadToEndAsync(written, first));

    /// <summary>Closes in order.</summary>
    public Task CloseAsync() => _stage.SeeAsync(BeginCloseAsync());

    /// <summary>As <see cref="WriteAsync(string)"/>, to be seen later.</summary>
    public async Task<string> BeginWriteAsync(string text) =>
        Said($"writes '{text}'", await SendAsync(Encoding.ASCII.GetBytes(text)));

    /// <summary>As <see cref="WriteAsync(int)"/>, to be seen later.</summary>
    public async Task<string> BeginWriteAsync(int count) =>
        Said($"writes {count} bytes", await SendAsync(Places(0, count)));

    /// <summary>As <see cref="ReadAsync"/>, to be seen later.</summary>
    public async Task<string> BeginReadAsync(int length)
    {
        (byte[] read, TransportResult last) = await ReceiveAsync(length);
        string text = Encoding.ASCII.GetString(read);
        return read.Length == length ? $"{Name} reads '{text}'"
            : read.Length == 0 ? $"{Name} reads: {Words.Of(last)}"
            : $"{Name} reads '{text}', then: {Words.Of(last)}";
    }

    /// <summary>As <see cref="ReadToEndAsync()"/>, to be seen later.</summary>
    public Task<string> BeginReadToEndAsync() => BeginReadAsync(int.MaxValue);

    /// <summary>As <see cref="ReadManyAsync"/>, to be seen later.</summary>
    public async Task<string> BeginReadManyAsync(int count, int first = 0)
    {
        (byte[] read, TransportResult last) = await ReceiveAsync(count);
        return !read.AsSpan().SequenceEqual(Places(first, read.Length)) ? $"{Name} reads something else"
            : read.Length < count ? $"{Name} reads too little, then: {Words.Of(last)}"
            : $"{Name} reads {count} bytes";
    }

    /// <summary>As <see cref="ReadToEndAsync(int, int)"/>, to be seen later.</summary>
    public async Task<string> BeginReadToEndAsync(int written, int first = 0)
    {
        (byte[] read, TransportResult last) = await ReceiveAsync(int.MaxValue);
        string what =
            !read.AsSpan().SequenceEqual(Places(first, read.Length)) ? "something else"
            : first + read.Length == written ? "all of it"
            : read.Length == 0 ? "nothing"
            : "a part of it";
        return $"{Name} reads {what}, then: {Words.Of(last)}";
    }

    /// <summary>As <see cref="CloseAsync"/>, to be seen later.</summary>
    public async Task<string> BeginCloseAsync()
    {
        _isOver = true;
        TransportResult result = Transport.Close();
        return Said("closes", result.Status == TransportStatus.Pending ? await _closed.Task : result);
    }

    /// <summary>Ends its half.</summary>
    public void ShutDown() => _stage.Note(Said("ends its half", Transport.ShutdownWrite()));

    /// <summary>Resets the connection.</summary>
    public void Abort()
    {
        Drop();
        _stage.Note($"{Name} aborts");
    }

    /// <summary>Closes, and throws away what nobody has read: that resets.</summary>
    public void CloseUnread()
    {
        _isOver = true;
        _stage.CloseUnread(this);
        _stage.Note($"{Name} closes with bytes unread");
    }

    /// <summary>Loses all memory of the connection.</summary>
    public void Forget()
    {
        _isOver = true;
        _stage.Forget(this);
        _stage.Note($"{Name} loses its memory");
    }

    /// <summary>Whatever is left of it goes, without a note.</summary>
    public void Drop()
    {
        if (!_isOver)
        {
            _isOver = true;
            Transport.Abort();
        }
    }

    public void ReceiveCompleted(TransportResult result) => _received.TrySetResult(result);

    public void SendCompleted(TransportResult result) => _sent.TrySetResult(result);

    public void ShutdownWriteCompleted(TransportResult result) =>
        throw new NotSupportedException("Neither driver has to wait to end a half.");

    public void CloseCompleted(TransportResult result) => _closed.TrySetResult(result);

    private async Task<TransportResult> SendAsync(byte[] data)
    {
        int sent = 0;
        TransportResult result = TransportResult.Done;
        while (sent < data.Length && result.Status != TransportStatus.Failed)
        {
            _sent = new TaskCompletionSource<TransportResult>();
            result = Transport.Send(new ReadOnlySequence<byte>(data, sent, Math.Min(ChunkBytes, data.Length - sent)));
            if (result.Status == TransportStatus.Pending)
            {
                result = await _sent.Task;
            }

            sent += result.Count;
        }

        return result;
    }

    private async Task<(byte[] Read, TransportResult Last)> ReceiveAsync(int most)
    {
        using MemoryStream read = new();
        byte[] buffer = new byte[Math.Min(ChunkBytes, most)];
        TransportResult result = TransportResult.Done;
        while (read.Length < most)
        {
            _received = new TaskCompletionSource<TransportResult>();
            result = Transport.Receive(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - read.Length)));
            if (result.Status == TransportStatus.Pending)
            {
                result = await _received.Task;
            }

            if (result.Status != TransportStatus.Completed)
            {
                break;
            }

            read.Write(buffer, 0, result.Count);
        }

        return (read.ToArray(), result);
    }

    private string Said(string what, in TransportResult result) =>
        result.Status == TransportStatus.Failed ? $"{Name} {what}: {Words.Of(result)}" : $"{Name} {what}";

    /// <summary>A prime, so that no two segments are alike.</summary>
    private static byte[] Places(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(static place => (byte)(place % 251))];
}
