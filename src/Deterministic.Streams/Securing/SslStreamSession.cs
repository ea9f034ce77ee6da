using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams;

/// <summary>An <see cref="SslStream"/> after its handshake.</summary>
internal sealed class SslStreamSession(SslStream stream) : TlsSession
{
    public override TlsInfo Info { get; } = InfoOf(stream);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer) => stream.ReadAsync(buffer, CancellationToken.None);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> data) => stream.WriteAsync(data, CancellationToken.None);

    public override ValueTask ShutdownAsync() => new(stream.ShutdownAsync());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }
    }

    private static TlsInfo InfoOf(SslStream stream) =>
        new()
        {
            IsServer = stream.IsServer,
            Protocol = stream.SslProtocol,
            CipherSuite = stream.NegotiatedCipherSuite,
            ServerName = stream.TargetHostName,
            ApplicationProtocol = stream.NegotiatedApplicationProtocol is { Protocol.IsEmpty: false } agreed
                ? agreed
                : null,
            // Once asked for, the stream leaves it alone when it is disposed of.
            RemoteCertificate = stream.RemoteCertificate as X509Certificate2,
            LocalCertificate = stream.LocalCertificate as X509Certificate2,
        };
}
