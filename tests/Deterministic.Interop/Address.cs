using System.Net;
using System.Net.Sockets;

namespace Deterministic.Interop;

/// <summary>Where to serve or to connect: <c>tcp:HOST:PORT</c>, or <c>unix:PATH</c>, where a path that begins with @ is an abstract name.</summary>
internal static class Address
{
    /// <exception cref="FormatException">It is none.</exception>
    public static EndPoint Parse(string address) =>
        address.Split(':', 2) switch
        {
            ["tcp", var host] when IPEndPoint.TryParse(host, out IPEndPoint? ip) => ip,
            ["unix", ['@', .. var name]] => new UnixDomainSocketEndPoint("\0" + name),
            ["unix", var path] => new UnixDomainSocketEndPoint(path),
            _ => throw new FormatException($"'{address}' is neither tcp:ADDRESS:PORT nor unix:PATH."),
        };

    public static string Show(EndPoint endPoint) =>
        endPoint is IPEndPoint ip ? $"tcp:{ip}" : $"unix:{endPoint.ToString()!.Replace('\0', '@')}";
}
