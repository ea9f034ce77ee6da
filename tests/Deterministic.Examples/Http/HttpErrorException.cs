using System.Net;

namespace Deterministic.Examples.Http;

/// <summary>A request that is answered with an error, after which the connection is closed.</summary>
/// <param name="status">The status to answer with.</param>
/// <param name="message">What was wrong, for the client.</param>
#pragma warning disable CA1032 // Without a status there is no answer.
public sealed class HttpErrorException(HttpStatusCode status, string message) : Exception(message)
#pragma warning restore CA1032
{
    public HttpStatusCode Status { get; } = status;
}
