using System.Collections;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>The servers of one comparison, all running in this process; the idle ones cost the one whose turn it is nothing.</summary>
internal sealed class ServerGroup : IReadOnlyList<RunningServer>, IAsyncDisposable
{
    private readonly List<RunningServer> _servers = [];

    private ServerGroup(IReadOnlyList<Contestant> contestants) => Contestants = contestants;

    public IReadOnlyList<Contestant> Contestants { get; }

    public int Count => _servers.Count;

    public RunningServer this[int index] => _servers[index];

    public static async Task<ServerGroup> StartAsync(IReadOnlyList<Contestant> contestants)
    {
        ServerGroup group = new(contestants);
        try
        {
            foreach (Contestant contestant in contestants)
            {
                group._servers.Add(await contestant.StartAsync());
            }

            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RunningServer server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    public IEnumerator<RunningServer> GetEnumerator() => _servers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
