using System.Collections.ObjectModel;
using System.Diagnostics.Tracing;

namespace Deterministic.Simulation.Waiting;

/// <summary>
/// Notes every async method that begins to wait, continues or ends: the runtime raises these events on the thread where that happens, at once. The listener is one for
/// the process, because event sources are; each thread has a recorder of its own, and what other threads do is ignored.
/// </summary>
internal sealed class TaskEventListener : EventListener
{
    private const string TaskEvents = "System.Threading.Tasks.TplEventSource";

    // Of TplEventSource: AsyncCausalityOperation, AsyncCausalitySynchronousWork.
    private const EventKeywords Keywords = (EventKeywords)(0x8 | 0x20);
    private const int OperationBegin = 14;
    private const int OperationEnd = 15;
    private const int WorkBegin = 17;

    private static readonly object Gate = new();
    private static TaskEventListener? _listener;
    private static EventSource? _source;
    private static int _users;

    [ThreadStatic]
    private static WaitRecorder? _recorder;

    private TaskEventListener() { }

    /// <summary>The recorder of this thread; null if there is none.</summary>
    public static WaitRecorder? Recorder
    {
        get => _recorder;
        set => _recorder = value;
    }

    public static void Listen()
    {
        lock (Gate)
        {
            _listener ??= new TaskEventListener();
            if (_users++ == 0 && _source is not null)
            {
                _listener.EnableEvents(_source, EventLevel.Verbose, Keywords);
            }
        }
    }

    public static void StopListening()
    {
        lock (Gate)
        {
            if (--_users == 0 && _source is not null)
            {
                _listener!.DisableEvents(_source);
            }
        }
    }

    // Also called from the base constructor, for sources that exist.
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (string.Equals(eventSource.Name, TaskEvents, StringComparison.Ordinal))
        {
            _source = eventSource;
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (
            _recorder is not { } recorder
            || eventData.Payload is not { Count: > 0 } payload
            || payload[0] is not int task
        )
        {
            return;
        }

        switch (eventData.EventId)
        {
            case OperationBegin:
                recorder.Began(task, OperationOf(payload));
                break;
            case OperationEnd:
                recorder.Ended(task);
                break;
            case WorkBegin:
                recorder.Resumed(task);
                break;
        }
    }

    private static string OperationOf(ReadOnlyCollection<object?> payload) =>
        payload.Count > 1 && payload[1] is string operation ? operation : "";
}
