using System.Net;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>All connections of one row to one server, shared out among client threads.</summary>
internal sealed class EchoLoad : IDisposable
{
    private readonly List<EchoClient> _clients = [];

    /// <param name="server">Where to connect.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="threads">At most so many; none is without a connection.</param>
    public EchoLoad(EndPoint server, int connections, int threads)
    {
        int used = Math.Min(threads, connections);
        try
        {
            for (int i = 0; i < used; i++)
            {
                _clients.Add(new EchoClient(server, (connections / used) + (i < connections % used ? 1 : 0)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <returns>How many round trips there were.</returns>
    public long Run(TimeSpan length)
    {
        Task<long>[] others =
        [
            .. Enumerable.Range(1, _clients.Count - 1).Select(i => OwnThread.RunAsync(() => Run(i, length))),
        ];
        long trips = Run(0, length);
#pragma warning disable VSTHRD002 // This is a thread of its own, and so are theirs.
        return trips + others.Sum(other => other.GetAwaiter().GetResult());
#pragma warning restore VSTHRD002
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private long Run(int client, TimeSpan length)
    {
        Processors.UseForClient(client);
        return _clients[client].Run(length);
    }
}
