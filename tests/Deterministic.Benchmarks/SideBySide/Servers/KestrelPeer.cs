using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>Kestrel below HTTP: its transport and its pipes, with a handler for each connection.</summary>
internal static class KestrelPeer
{
    public static async Task<RunningServer> StartEchoAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<EchoHandler>())
        );
        WebApplication host = builder.Build();
        await host.StartAsync();
        ICollection<string> addresses = host
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses;
        return new RunningServer(new IPEndPoint(IPAddress.Loopback, new Uri(addresses.Single()).Port), StopAsync);

        async ValueTask StopAsync()
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }
    }

    private sealed class EchoHandler : ConnectionHandler
    {
        public override Task OnConnectedAsync(ConnectionContext connection) =>
            PipeHandlers.EchoAsync(connection.Transport.Input, connection.Transport.Output);
    }
}
