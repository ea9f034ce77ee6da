using System.Globalization;
using System.Text;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>The server: the members of a room; each message is sent to all others.</summary>
/// <param name="readMessageAsync">Reads one message, null at the end of the stream: the difference between the correct and the broken server.</param>
internal sealed class ChatRoom(Func<AsyncStreamReader, ValueTask<string?>> readMessageAsync)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, AsyncStreamWriter> _members = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _closing = new();
    private readonly TaskCompletionSource _over = new();
    private int _speaking;
    private int _served;

    /// <summary>Serves one member: a name first, then messages until the member ends its half; the connection stays open for listening until the room closes.</summary>
    public async Task ServeAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        string? name = null;
        int heard = 0;
        Interlocked.Increment(ref _served);
        Interlocked.Increment(ref _speaking);
        try
        {
            name = await readMessageAsync(reader);
            if (name is not null)
            {
                Join(name, writer);
                writer.Write(Encoding.UTF8.GetBytes($"welcome {name}\n"));
                while (await readMessageAsync(reader) is { } message)
                {
                    heard++;
                    await BroadcastAsync(name, message);
                }
            }
        }
        catch (ConnectionException)
        {
            // The connection of this member is lost; the others continue.
        }

        bool lost = reader.Exception is not null;
        Interlocked.Decrement(ref _speaking);
        if (!lost)
        {
            await _closing.Task;
            writer.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"bye {heard}\n")));
        }

        Leave(name);
        if (Interlocked.Decrement(ref _served) == 0 && _closing.Task.IsCompleted)
        {
            _over.TrySetResult();
        }
    }

    /// <summary>Whether no member can send any more messages.</summary>
    public bool IsQuiet => Volatile.Read(ref _speaking) == 0;

    /// <summary>Closes the connections, after the pending messages and a last line with the number of messages received from the member.</summary>
    public void Close()
    {
        _closing.TrySetResult();
        if (Volatile.Read(ref _served) == 0)
        {
            _over.TrySetResult();
        }
    }

    /// <summary>Completes when the room is closed and the last handler has ended.</summary>
    public Task WaitClosedAsync() => _over.Task;

    private void Join(string name, AsyncStreamWriter writer)
    {
        lock (_gate)
        {
            _members[name] = writer;
        }
    }

    private void Leave(string? name)
    {
        lock (_gate)
        {
            _members.Remove(name ?? "");
        }
    }

    private async Task BroadcastAsync(string from, string message)
    {
        byte[] line = Encoding.UTF8.GetBytes($"{from}: {message}\n");
        List<AsyncStreamWriter> others;
        lock (_gate)
        {
            others =
            [
                .. _members
                    .Where(member => !string.Equals(member.Key, from, StringComparison.Ordinal))
                    .Select(member => member.Value),
            ];
        }

        foreach (AsyncStreamWriter other in others)
        {
            other.Write(line);
        }

        foreach (AsyncStreamWriter other in others)
        {
            await DrainAsync(other);
        }
    }

    /// <summary>Waits for the slowest member; a lost connection must not end the sender's.</summary>
    private static async Task DrainAsync(AsyncStreamWriter member)
    {
        try
        {
            await member.DrainAsync();
        }
        catch (ConnectionException)
        {
            // Its own handler handles the loss.
        }
    }
}
