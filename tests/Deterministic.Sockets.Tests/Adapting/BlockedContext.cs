#pragma warning disable VSTHRD002 // Blocking for a result is what is tested.

namespace Deterministic.Sockets.Tests;

/// <summary>The context of a thread that blocks for results, as that of a user interface might: nobody runs what is posted to it.</summary>
internal sealed class BlockedContext : SynchronizationContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private int _posts;

    /// <summary>Runs a program on a thread of its own that has such a context. It fails if the program does, or if anything was posted.</summary>
    public static Task RunAsync(Action<BlockedContext> program)
    {
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                BlockedContext context = new();
                SetSynchronizationContext(context);
                program(context);
                context._posts.ShouldBe(0, "the library takes the context");
                over.SetResult();
            }
            catch (Exception error)
            {
                over.SetException(error);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return over.Task;
    }

    public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posts);

    public override SynchronizationContext CreateCopy() => this;

    public T Result<T>(ValueTask<T> task) => Result(task.AsTask());

    public void Result(ValueTask task) => Result(task.AsTask());

    public T Result<T>(Task<T> task)
    {
        Result((Task)task);
        return task.Result;
    }

    /// <summary>As <c>task.GetAwaiter().GetResult()</c>, but for a while only.</summary>
    public void Result(Task task)
    {
        if (Task.WaitAny([task], Patience) < 0)
        {
            throw new TimeoutException($"The call does not end; {_posts} continuations wait for the blocked thread.");
        }

        task.GetAwaiter().GetResult();
    }
}
