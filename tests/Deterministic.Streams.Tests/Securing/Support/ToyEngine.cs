using System.Net.Security;
using System.Security.Authentication;

namespace Deterministic.Streams.Tests;

/// <summary>
/// Another engine, as somebody might write it: each side greets with a letter, records are a length and bytes with a bit turned, and an empty record is the close_notify. It keeps no secrets.
/// </summary>
internal sealed class ToyEngine : TlsEngine
{
    private const byte Greeting = (byte)'H';

    /// <summary>Every session that was made.</summary>
    public List<ToySession> Sessions { get; } = [];

    /// <summary>Holds each handshake up, after the greetings.</summary>
    public TaskCompletionSource? Hold { get; init; }

    public override ValueTask<TlsSession> ConnectAsync(
        Stream ciphertext,
        TlsClientOptions options,
        string serverName,
        TimeProvider timeProvider
    ) => GreetAsync(ciphertext, isServer: false);

    public override ValueTask<TlsSession> AcceptAsync(
        Stream ciphertext,
        TlsServerOptions options,
        TimeProvider timeProvider
    ) => GreetAsync(ciphertext, isServer: true);

    private async ValueTask<TlsSession> GreetAsync(Stream ciphertext, bool isServer)
    {
        await ciphertext.WriteAsync(new[] { Greeting }).ConfigureAwait(false);
        byte[] greeting = new byte[1];
        await ciphertext.ReadExactlyAsync(greeting).ConfigureAwait(false);
        if (greeting[0] != Greeting)
        {
            throw new InvalidDataException("That is no greeting.");
        }

        await (Hold?.Task ?? Task.CompletedTask).ConfigureAwait(false);
        ToySession session = new(ciphertext, isServer);
        Sessions.Add(session);
        return session;
    }

    internal sealed class ToySession(Stream ciphertext, bool isServer) : TlsSession
    {
        private int _inside;

        public override TlsInfo Info { get; } =
            new()
            {
                IsServer = isServer,
                Protocol = SslProtocols.None,
                CipherSuite = TlsCipherSuite.TLS_NULL_WITH_NULL_NULL,
            };

        /// <summary>How often it was disposed of.</summary>
        public int Disposals { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer)
        {
            using Use use = new(this);
            byte[] head = new byte[1];
            if (await ciphertext.ReadAsync(head).ConfigureAwait(false) == 0 || head[0] == 0)
            {
                return 0;
            }

            byte[] record = new byte[head[0]];
            await ciphertext.ReadExactlyAsync(record).ConfigureAwait(false);
            record.Length.ShouldBeLessThanOrEqualTo(buffer.Length);
            Turn(record).CopyTo(buffer);
            return record.Length;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> data)
        {
            using Use use = new(this);
            foreach (byte[] piece in data.ToArray().Chunk(byte.MaxValue))
            {
                await ciphertext.WriteAsync((byte[])[(byte)piece.Length, .. Turn(piece)]).ConfigureAwait(false);
            }
        }

        public override ValueTask ShutdownAsync() => ciphertext.WriteAsync(new byte[1]);

        protected override void Dispose(bool disposing)
        {
            _inside.ShouldBe(0, "somebody is still inside");
            Disposals++;
        }

        private static byte[] Turn(byte[] data) => [.. data.Select(value => (byte)(value ^ 0x40))];

        private readonly struct Use : IDisposable
        {
            private readonly ToySession _session;

            public Use(ToySession session)
            {
                session.Disposals.ShouldBe(0, "it was disposed of");
                session._inside++;
                _session = session;
            }

            public void Dispose() => _session._inside--;
        }
    }
}
