using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Kernel.Tests;

/// <summary>A bound port of the server's place.</summary>
internal sealed class Port(Stage stage, TransportListener listener)
{
    private readonly Queue<Transport> _accepted = new();
    private TaskCompletionSource<Transport>? _waiting;

    public TransportListener Listener => listener;

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndPoint;

    /// <summary>Listens, and accepts unless it is paused.</summary>
    public void Start() => listener.Start(Accepted, static _ => { });

    /// <summary>Listens, and leaves what connects in the backlog until <see cref="Accept"/>.</summary>
    public void StartPaused()
    {
        listener.PauseAccepting();
        Start();
    }

    public void Accept() => listener.ResumeAccepting();

    /// <summary>The server's end of the connection that came first.</summary>
    public async Task<End> AcceptAsync()
    {
        Task<Transport> next;
        lock (_accepted)
        {
            if (_accepted.TryDequeue(out Transport? transport))
            {
                next = Task.FromResult(transport);
            }
            else
            {
                _waiting = new TaskCompletionSource<Transport>();
                next = _waiting.Task;
            }
        }

        return stage.Keep(new End(stage, "server", await next));
    }

    public void Close() => listener.Close();

    private void Accepted(Transport transport)
    {
        TaskCompletionSource<Transport>? waiting;
        lock (_accepted)
        {
            waiting = _waiting;
            _waiting = null;
            if (waiting is null)
            {
                _accepted.Enqueue(transport);
            }
        }

        waiting?.SetResult(transport);
    }
}
