namespace Deterministic.Streams;

/// <summary>What is asked of a resolver: of the flags of <c>getaddrinfo</c>, those that mean something here.</summary>
[Flags]
public enum ResolverHints
{
    /// <summary>Whatever the resolver does by itself.</summary>
    None = 0,

    /// <summary>The host is an address in text: no resolver is asked, and a name is an error. <c>AI_NUMERICHOST</c>.</summary>
    NumericHost = 1 << 0,

    /// <summary>Only addresses of families that this host has an address of, the loopback not counted. <c>AI_ADDRCONFIG</c>.</summary>
    AddressConfigured = 1 << 1,
}
