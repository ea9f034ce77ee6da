using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Faults;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Streams that know nothing of a simulation, between two connections inside one: nothing escapes to the thread pool.</summary>
public sealed class ForeignStreamTests
{
    private static readonly FaultProfile Rough = FaultProfiles.Hostile.Without(FaultKind.Reset, FaultKind.Refused) with
    {
        Name = "rough",
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_made_of_tasks_stays_inside_whether_it_cares_for_contexts_or_not(bool inContext)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Talk.Between(
                async (_, client, server) =>
                {
                    Connection near = Connection.FromStream(new TaskStream(client.AsStream(), inContext));
                    Connection far = Connection.FromStream(new TaskStream(server.AsStream(), inContext));
                    Task<byte[]> receiving = far.Reader.ReadToEndAsync().AsTask();
                    near.Writer.Write(new byte[20_000]);
                    await near.Writer.DrainAsync();
                    await near.DisposeAsync();
                    (await receiving).Length.ShouldBe(20_000);
                    await far.DisposeAsync();
                },
                Rough,
                seed
            );
        }
    }

    [Fact]
    public void Even_an_SslStream_does()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(100)
        );
        Talk.Between(
            async (_, client, server) =>
            {
                SslStream near = new(client.AsStream(), false, (_, shown, _, _) => certificate.Equals(shown));
                SslStream far = new(server.AsStream());
                await Task.WhenAll(
                    near.AuthenticateAsClientAsync("localhost"),
                    far.AuthenticateAsServerAsync(certificate)
                );
                // The write of a foreign stream shows no progress until it is done, and here one takes longer than a close may stand still.
                Connection nearer = Connection.FromStream(near, new StreamAdapterOptions { ShutdownTimeout = null });
                Connection farther = Connection.FromStream(far);
                Task<byte[]> receiving = farther.Reader.ReadToEndAsync().AsTask();
                nearer.Writer.Write(new byte[100_000]);
                await nearer.DisposeAsync();
                (await receiving).Length.ShouldBe(100_000);
                await farther.DisposeAsync();
            },
            Rough
        );
    }
}
