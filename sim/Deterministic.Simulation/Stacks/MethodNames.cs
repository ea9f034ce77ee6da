using System.Reflection;

namespace Deterministic.Simulation.Stacks;

/// <summary>The name that a programmer gave to what the compiler calls <c>&lt;ServeAsync&gt;d__5</c>.</summary>
internal static class MethodNames
{
    public static string Of(Type stateMachine)
    {
        string method = Readable(stateMachine.Name);
        return stateMachine.DeclaringType is { } type ? $"{Owner(type)}.{method}" : method;
    }

    /// <summary>A method as it is called: <c>Task.Run</c>, <c>new Timer</c>, <c>Timer.Enabled</c>.</summary>
    public static string Of(MethodBase method)
    {
        Type type = method.DeclaringType!;
        if (type.Name.StartsWith('<') && string.Equals(method.Name, "MoveNext", StringComparison.Ordinal))
        {
            return Of(type);
        }

        string owner = Owner(type);
        return method switch
        {
            { IsConstructor: true } => $"new {owner}",
            { IsSpecialName: true } =>
                $"{owner}.{method.Name[(method.Name.IndexOf('_', StringComparison.Ordinal) + 1)..]}",
            _ when method.Name.StartsWith('<') => $"{owner}.{Readable($"<{method.Name}>d")}",
            _ => $"{owner}.{method.Name}",
        };
    }

    /// <summary><c>&lt;Run&gt;d__1</c> is Run, <c>&lt;&lt;Run&gt;b__0&gt;d</c> a lambda in it, <c>&lt;&lt;Run&gt;g__Wait|0&gt;d</c> its local function Wait.</summary>
    public static string Readable(string name)
    {
        int end = name.LastIndexOf('>');
        if (!name.StartsWith('<') || end < 0)
        {
            return name;
        }

        string inner = name[1..end];
        int innerEnd = inner.LastIndexOf('>');
        if (!inner.StartsWith('<') || innerEnd < 0)
        {
            return inner;
        }

        string method = Readable(inner[..(innerEnd + 1)]);
        string rest = inner[(innerEnd + 1)..];
        return rest.StartsWith("g__", StringComparison.Ordinal)
            ? $"{method}.{rest["g__".Length..].Split('|')[0]}"
            : $"{method} (lambda)";
    }

    /// <summary>The type that the programmer wrote: the compiler nests its own in it, for closures and state machines.</summary>
    private static string Owner(Type type)
    {
        while (type.DeclaringType is { } outer && type.Name.StartsWith('<'))
        {
            type = outer;
        }

        return type.Name.Split('`')[0];
    }
}
