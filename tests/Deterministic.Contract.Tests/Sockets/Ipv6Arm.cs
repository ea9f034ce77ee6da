using System.Net;

namespace Deterministic.Contract.Tests;

/// <summary>Real sockets on <c>::1</c>.</summary>
public sealed class Ipv6Arm() : TcpArm("IPv6", IPAddress.IPv6Loopback, IPAddress.Parse("ff02::1"));
