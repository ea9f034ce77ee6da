using System.IO.Pipelines;
using System.IO.Pipes;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Code that nobody here wrote, on top of connections and beneath them.</summary>
public sealed class ForeignStreamTests : GuardedTest
{
    [Fact]
    public async Task SslStreams_over_connections_become_connections_again()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        using X509Certificate2 certificate = SelfSigned();
        SslStream near = new(pair.Near.AsStream(), false, (_, shown, _, _) => certificate.Equals(shown));
        SslStream far = new(pair.Far.AsStream());
        await Task.WhenAll(
            near.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Guard),
            far.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, Guard)
        );
        StreamAdapterOptions options = new()
        {
            ShutdownWrite = stream => new ValueTask(((SslStream)stream).ShutdownAsync()),
        };
        await using Connection client = Connection.FromStream(near, options);
        await using Connection server = Connection.FromStream(far, options);
        byte[] sent = Segments.Bytes(3_000_000, seed: 5);
        Task<byte[]> receiving = server.Reader.ReadToEndAsync(Guard).AsTask();
        await client.AsStream(leaveOpen: true).WriteAsync(sent, Guard);
        client.Writer.WriteEof();
        (await receiving).AsSpan().SequenceEqual(sent).ShouldBeTrue();
        server.Writer.Write("got it\n"u8);
        (await client.Reader.ReadLineAsync(Guard)).ShouldBe("got it\n"u8.ToArray());
    }

    [Fact]
    public async Task HttpClient_speaks_over_connections_and_reuses_them()
    {
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            AnswerAsync,
            "127.0.0.1",
            cancellationToken: Guard
        );
        int opened = 0;
        using SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (_, token) =>
            {
                opened++;
                Connection connection = await SocketNetwork.Default.OpenConnectionAsync(
                    server.EndPoints[0],
                    null,
                    token
                );
                return connection.AsStream();
            },
        };
        using HttpClient client = new(handler);
        for (int i = 0; i < 5; i++)
        {
            string answer = await client.GetStringAsync(new Uri("http://localhost/" + i), Guard);
            answer.ShouldBe($"GET /{i} HTTP/1.1");
        }

        opened.ShouldBe(1);
    }

    [Fact]
    public async Task A_named_pipe_of_the_operating_system_becomes_a_connection()
    {
        string name = $"deterministic-{Guid.NewGuid():N}";
        NamedPipeServerStream serving = new(
            name,
            PipeDirection.InOut,
            1,
            PipeTransmissionMode.Byte,
            System.IO.Pipes.PipeOptions.Asynchronous
        );
        NamedPipeClientStream calling = new(".", name, PipeDirection.InOut, System.IO.Pipes.PipeOptions.Asynchronous);
        await Task.WhenAll(serving.WaitForConnectionAsync(Guard), calling.ConnectAsync(Guard));
        await using Connection server = Connection.FromStream(serving);
        Connection client = Connection.FromStream(calling);
        byte[] sent = Segments.Bytes(1_000_000, seed: 6);
        Task<byte[]> receiving = server.Reader.ReadToEndAsync(Guard).AsTask();
        client.Writer.Write(sent);
        client.Writer.CanWriteEof.ShouldBeFalse();
        await client.DisposeAsync();
        (await receiving).AsSpan().SequenceEqual(sent).ShouldBeTrue();
    }

    [Fact]
    public async Task An_echo_through_pipes_arrives_byte_for_byte()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        IDuplexPipe far = pair.Far.AsDuplexPipe();
        Task echoing = Task.Run(
            async () =>
            {
                while (true)
                {
                    ReadResult read = await far.Input.ReadAsync(Guard);
                    foreach (ReadOnlyMemory<byte> piece in read.Buffer)
                    {
                        await far.Output.WriteAsync(piece, Guard);
                    }

                    far.Input.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted)
                    {
                        break;
                    }
                }

                await far.Output.CompleteAsync();
                await far.Input.CompleteAsync();
            },
            Guard
        );
        byte[] sent = Segments.Bytes(16 * 1024 * 1024, seed: 7);
        Stream near = pair.Near.AsStream(leaveOpen: true);
        using MemoryStream received = new();
        Task copying = near.CopyToAsync(received, Guard);
        await near.WriteAsync(sent, Guard);
        pair.Near.Writer.WriteEof();
        await copying;
        await echoing;
        received.ToArray().AsSpan().SequenceEqual(sent).ShouldBeTrue();
    }

    [Fact]
    public async Task A_write_waits_for_a_peer_that_does_not_read_and_can_be_cancelled()
    {
        await using ConnectionPair pair = await ConnectionPair.OpenAsync(Guard);
        Stream near = pair.Near.AsStream();
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Guard);
        Task writing = near.WriteAsync(new byte[256 * 1024 * 1024], source.Token).AsTask();
        while (!pair.Near.Writer.IsPaused)
        {
            await Task.Yield();
        }

        pair.Near.Writer.Buffered.ShouldBeLessThanOrEqualTo(2 * WriteBufferLimits.DefaultHigh);
        writing.IsCompleted.ShouldBeFalse();
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(writing);
    }

    private static async Task AnswerAsync(Connection connection)
    {
        while (true)
        {
            byte[] line = await connection.Reader.ReadLineAsync();
            if (line.Length == 0)
            {
                return;
            }

            while ((await connection.Reader.ReadLineAsync()).Length > 2)
            {
                // Headers are of no interest here.
            }

            byte[] body = line[..^2];
            connection.Writer.Write(
                System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n")
            );
            connection.Writer.Write(body);
            await connection.Writer.DrainAsync();
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
