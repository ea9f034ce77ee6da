using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams.Ssl;

/// <summary>
/// An <see cref="SslStream"/> after its handshake.
/// <para>This folder is what <see cref="SslStreamEngine"/> needs of the runtime: the session, options (<see cref="SslOptionsCheck"/>, <see cref="SslOptionsCopy"/>), certificates (<see cref="CertificateCheck"/> and others), and <see cref="MutexStream"/>.</para>
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="turn">Keeps a shutdown away from what a read decrypts.</param>
/// <param name="serverName">What a client has checked, sent or not; null on a server.</param>
internal sealed class SslStreamSession(SslStream stream, AsyncMutex turn, string? serverName) : TlsSession
{
    public override TlsInfo Info { get; } = InfoOf(stream, serverName);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        await turn.EnterAsync().ConfigureAwait(false);
        try
        {
            return await stream.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            turn.Leave();
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> data) => stream.WriteAsync(data, CancellationToken.None);

    public override async ValueTask ShutdownAsync()
    {
        await turn.EnterAsync().ConfigureAwait(false);
        Task sent;
        try
        {
            // Makes the alert before it returns; what is left is for the network.
            sent = stream.ShutdownAsync();
        }
        finally
        {
            turn.Leave();
        }

        await sent.ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }
    }

    private static TlsInfo InfoOf(SslStream stream, string? serverName) =>
        new()
        {
            IsServer = stream.IsServer,
            Protocol = stream.SslProtocol,
            CipherSuite = stream.NegotiatedCipherSuite,
            ServerName = serverName ?? stream.TargetHostName,
            ApplicationProtocol = stream.NegotiatedApplicationProtocol is { Protocol.IsEmpty: false } agreed
                ? agreed
                : null,
            // Once asked for, the stream leaves it alone when it is disposed of.
            RemoteCertificate = stream.RemoteCertificate as X509Certificate2,
            LocalCertificate = stream.LocalCertificate as X509Certificate2,
        };
}
