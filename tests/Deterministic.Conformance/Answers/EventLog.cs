using System.Runtime.InteropServices;

namespace Deterministic.Conformance;

/// <summary>What the world did in this step, in order.</summary>
internal sealed class EventLog
{
    private const string SentName = "sent";
    private readonly List<WorldEvent> _events = [];

    public ReadOnlySpan<WorldEvent> Events => CollectionsMarshal.AsSpan(_events);

    public void Clear() => _events.Clear();

    public void Paused() => _events.Add(new WorldEvent("pause"));

    public void Resumed() => _events.Add(new WorldEvent("resume"));

    public void ShutdownWrite() => _events.Add(new WorldEvent("shutdown_write"));

    public void Closed() => _events.Add(new WorldEvent("closed"));

    /// <summary>The step itself was refused.</summary>
    public void Refused(string error) => _events.Add(new WorldEvent("step_error", error));

    /// <summary>How the socket cuts what it takes is not reported: adjacent sends are one.</summary>
    public void Sent(ReadOnlySpan<byte> data)
    {
        string hex = Convert.ToHexStringLower(data);
        if (_events is [.., { Name: SentName } last])
        {
            _events[^1] = new WorldEvent(SentName, last.Text + hex);
        }
        else
        {
            _events.Add(new WorldEvent(SentName, hex));
        }
    }
}
