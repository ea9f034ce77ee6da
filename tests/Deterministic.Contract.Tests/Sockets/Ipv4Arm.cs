using System.Net;

namespace Deterministic.Contract.Tests;

/// <summary>Real sockets on <c>127.0.0.1</c>.</summary>
public sealed class Ipv4Arm() : TcpArm("IPv4", IPAddress.Loopback, IPAddress.Parse("224.0.0.1"));
