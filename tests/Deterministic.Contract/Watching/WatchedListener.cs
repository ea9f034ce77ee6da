using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract;

/// <summary>A listener that accepts one connection at a time, as the streams expect.</summary>
internal sealed class WatchedListener(TransportListener driver, Findings findings) : TransportListener
{
    private int _accepting;

    public override EndPoint LocalEndPoint => driver.LocalEndPoint;

    public override object? GetExtraInfo(string name) => driver.GetExtraInfo(name);

    public override void Start(Action<Transport> accepted, Action<Exception> failed) =>
        driver.Start(
            transport =>
            {
                if (Interlocked.Increment(ref _accepting) > 1)
                {
                    findings.Violation("A listener called 'accepted' again before it had returned: one at a time.");
                }

                accepted(new WatchedTransport(transport, findings));
                Interlocked.Decrement(ref _accepting);
            },
            failed
        );

    public override void PauseAccepting() => driver.PauseAccepting();

    public override void ResumeAccepting() => driver.ResumeAccepting();

    public override void Close() => driver.Close();

    public override void Schedule(Action<object?> callback, object? state) =>
        WatchedCallback.Run(driver.Schedule, callback, state, findings);

    public override void StartHandler(Action<object?> callback, object? state) =>
        WatchedCallback.Run(driver.StartHandler, callback, state, findings);

    public override void ProgramFailed(Exception exception) => driver.ProgramFailed(exception);
}
