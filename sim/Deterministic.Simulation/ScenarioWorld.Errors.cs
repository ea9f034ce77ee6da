using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Stacks;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <content>What the program throws where nothing of it catches the exception.</content>
public abstract partial class ScenarioWorld
{
    private readonly Lock _expecting = new();
    private readonly List<Func<Exception, bool>> _expected = [];

    /// <summary>
    /// Whether a lost connection fails the run as well if the program does not catch the exception: in a handler of a server, or in a task that is not awaited. False: with faults that is how
    /// such code normally ends.
    /// </summary>
    /// <remarks>
    /// Lost connections are <see cref="Core.ConnectionException"/>, <see cref="Core.IncompleteReadException"/>, <see cref="TimeoutException"/>, <see cref="OperationCanceledException"/>, and
    /// aggregates of nothing else. A server's handler that ends with an <see cref="OperationCanceledException"/> is never reported: clause P-07. Every other
    /// exception that is not caught is a finding, <see cref="BuiltInProperties.NoHandlerError"/> or <see cref="BuiltInProperties.NoUnobservedFailure"/>, unless
    /// <see cref="ExpectUnhandled(Func{Exception, bool})"/> says that it is expected. A connection that the program itself ended by an exception, in a callback that checks a certificate for
    /// example, was not lost: that exception counts.
    /// </remarks>
    public bool ReportsLostConnections { get; set; }

    /// <summary>Declares exceptions as expected that leave a handler, or a task that is not awaited: they are no finding. For the rest of the run.</summary>
    /// <param name="isExpected">Whether an exception is. Called from any thread of the program.</param>
    public void ExpectUnhandled(Func<Exception, bool> isExpected)
    {
        ArgumentNullException.ThrowIfNull(isExpected);
        lock (_expecting)
        {
            _expected.Add(isExpected);
        }
    }

    /// <summary>As <see cref="ExpectUnhandled(Func{Exception, bool})"/>, for all exceptions of a type.</summary>
    /// <typeparam name="TException">The type, or a base of it.</typeparam>
    public void ExpectUnhandled<TException>()
        where TException : Exception => ExpectUnhandled(static error => error is TException);

    /// <summary>
    /// Reports an exception as a finding of <see cref="BuiltInProperties.NoHandlerError"/>, lost connections included, unless it is expected. What handlers of servers throw
    /// is reported without this.
    /// </summary>
    /// <param name="error">What was thrown.</param>
    public void ReportHandlerError(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (!IsExpected(error))
        {
            Report(Unhandled(BuiltInProperties.NoHandlerError, error, CallingHost, Elapsed));
        }
    }

    /// <summary>Reports what a handler of a server, or a callback for its failures, has thrown, if it is a finding. From any thread.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="host">On which host.</param>
    protected internal void ReportUnhandled(Exception error, string host)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (IsFailure(error))
        {
            Report(Unhandled(BuiltInProperties.NoHandlerError, error, host, Elapsed));
        }
    }

    /// <summary>Whether an uncaught exception is the program's failure.</summary>
    /// <param name="error">What was thrown.</param>
    protected internal bool IsFailure(Exception error) =>
        (ReportsLostConnections || !LostConnections.Is(error)) && !IsExpected(error);

    /// <summary>The finding that an exception is: of a lost connection, what the program threw that ended it.</summary>
    internal static Finding Unhandled(string property, Exception error, string host, TimeSpan time)
    {
        error = LostConnections.ProgramErrorIn(error) ?? error;
        return SimulatorErrors.Classify(error) is SimulatorException failed
            ? new(BuiltInProperties.SimulatorError, time, failed.Message) { Host = host, Error = failed }
            : new(property, time, WrappedErrors.Describe(error))
            {
                Host = host,
                Error = error,
                Place = WaitPlace.From(CodePlaces.Of(error)),
            };
    }

    private bool IsExpected(Exception error)
    {
        Exception? cause = LostConnections.ProgramErrorIn(error);
        lock (_expecting)
        {
            return _expected.Exists(isExpected => isExpected(error) || (cause is not null && isExpected(cause)));
        }
    }
}
