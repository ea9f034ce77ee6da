using System.Diagnostics;
using System.Reflection;

namespace Deterministic.Streams.Tests;

/// <summary>A fact of optimised builds only: in others the state machine of every asynchronous method is an object, so that what is pooled allocates all the same.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OptimizedFactAttribute : FactAttribute
{
    public OptimizedFactAttribute()
    {
        if (typeof(Connection).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            Skip = "Holds for optimised builds: run without -c Debug.";
        }
    }
}
