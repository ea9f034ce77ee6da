using System.Text;
using Deterministic.Core;

namespace Deterministic.Contract;

/// <summary>Expectations, of no test framework.</summary>
internal static class Check
{
    public static void That(bool condition, string expectation)
    {
        if (!condition)
        {
            throw new ContractViolationException($"Does not hold: {expectation}.");
        }
    }

    public static void Same<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ContractViolationException($"{what}: expected {Show(expected)}, got {Show(actual)}.");
        }
    }

    public static void SameText(string expected, byte[] actual, string what) =>
        SameBytes(Payload.Text(expected), actual, what);

    public static void SameBytes(byte[] expected, byte[] actual, string what)
    {
        int same = expected.AsSpan().CommonPrefixLength(actual);
        if (same < expected.Length || same < actual.Length)
        {
            throw new ContractViolationException(
                $"{what}: expected {expected.Length} bytes, got {actual.Length}; they part at byte {same}: "
                    + $"expected '{Show(expected.AsSpan(same))}', got '{Show(actual.AsSpan(same))}'."
            );
        }
    }

    /// <summary>What a world must give that says it can.</summary>
    public static T Given<T>(T? value, string name)
        where T : class =>
        value ?? throw new ContractViolationException($"This world says that it can, but gives no {name}: set it.");

    /// <summary>The exception of that very type that awaiting throws.</summary>
    public static async Task<TException> ThrowsAsync<TException>(Func<Task> action, string what)
        where TException : Exception
    {
        try
        {
            await action();
        }
        catch (TException error)
        {
            return error;
        }

        throw new ContractViolationException($"{what}: expected {typeof(TException).Name}, and nothing was thrown.");
    }

    /// <summary>Cancels, and expects the wait to end so.</summary>
    public static async Task CancelledAsync(CancellationTokenSource source, Task wait, string what)
    {
        That(!wait.IsCompleted, $"{what} still waits before it is cancelled");
        // Not CancelAsync: that runs on the thread pool, which a simulation has not.
        source.Cancel();
        OperationCanceledException error = await ThrowsAsync<OperationCanceledException>(() => wait, what);
        Same(source.Token, error.CancellationToken, $"{what}: the token of the exception");
    }

    /// <summary>Expects a loss that the peer caused.</summary>
    public static void IsLoss(ConnectionException error, string what) =>
        That(
            error.Kind is ConnectionErrorKind.Reset or ConnectionErrorKind.BrokenPipe,
            $"{what} is a reset or a broken pipe (it is {error.Kind}: {error.Message})"
        );

    private static string Show<T>(T value) => value is null ? "nothing" : $"'{value}'";

    private static string Show(ReadOnlySpan<byte> bytes) =>
        Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 16)]);
}
