namespace Deterministic.Streams.Tests;

/// <summary>
/// What became of a wait, at once: nothing here takes time, so that what is not over now never will be, and a test fails rather than hangs.
/// </summary>
internal static class Waits
{
    public static T Now<T>(this Task<T> task)
    {
        ((Task)task).Now();
        return task.GetAwaiter().GetResult();
    }

    public static void Now(this Task task)
    {
        task.IsCompleted.ShouldBeTrue("it still waits");
        task.GetAwaiter().GetResult();
    }

    public static string Text(this Task<byte[]> task) => Bytes.Text(task.Now());

    /// <summary>What the wait ended with; it must not have thrown on the way in.</summary>
    public static TException Error<TException>(this Task task)
        where TException : Exception
    {
        task.IsCompleted.ShouldBeTrue("it still waits");
        return Should.Throw<TException>(() => task.GetAwaiter().GetResult());
    }

    public static void ShouldWait(this Task task, string? why = null) => task.IsCompleted.ShouldBeFalse(why);

    public static void ShouldBeCancelledBy(this Task task, CancellationToken token)
    {
        task.IsCanceled.ShouldBeTrue("a cancelled wait is a cancelled task");
        task.Error<OperationCanceledException>().CancellationToken.ShouldBe(token);
    }
}
