using System.Net;
using System.Net.Sockets;

namespace Deterministic.Soak.Running;

/// <summary>Where the server of a round is.</summary>
internal sealed class Road : IDisposable
{
    private readonly DirectoryInfo? _directory;

    private Road(EndPoint address, DirectoryInfo? directory)
    {
        Address = address;
        _directory = directory;
    }

    public EndPoint Address { get; }

    public static Road Open(SoakRoad kind)
    {
        if (kind == SoakRoad.Tcp)
        {
            return new Road(new IPEndPoint(IPAddress.Loopback, 0), null);
        }

        DirectoryInfo directory = Directory.CreateTempSubdirectory("soak-");
        return new Road(new UnixDomainSocketEndPoint(Path.Combine(directory.FullName, "socket")), directory);
    }

    public void Dispose() => _directory?.Delete(recursive: true);
}
