namespace Deterministic.Soak.Planning;

/// <summary>The ends of a connection.</summary>
internal enum Side
{
    Client,
    Server,
}
