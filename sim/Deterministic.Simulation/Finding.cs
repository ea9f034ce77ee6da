namespace Deterministic.Simulation;

/// <summary>A property that did not hold.</summary>
/// <param name="Property">Which: a name of <see cref="BuiltInProperties"/>, or one of the program's own.</param>
/// <param name="Time">When, in the time of the world, since its start.</param>
/// <param name="Detail">What happened, in one line unless an exception's message has several.</param>
public sealed record Finding(string Property, TimeSpan Time, string Detail)
{
    /// <summary>The host of the program that violated it; <c>main</c> for the code of the scenario or the test, and where no host is concerned.</summary>
    public string Host { get; init; } = "main";

    /// <summary>Where in the program: the line that stated the property, or the innermost one on the exception's stack. Null if that is not known.</summary>
    public WaitPlace? Place { get; init; }

    /// <summary>What was thrown, with its stack; null if it was not an exception that was found.</summary>
    public Exception? Error { get; init; }

    /// <summary>Whether it is that something does not end or come true: then <see cref="Waiters"/> says more about it.</summary>
    public bool IsAboutWaiting { get; init; }

    /// <summary>Who waits for what, if <see cref="IsAboutWaiting"/> and if it could be found out. Those that are expected to wait come last.</summary>
    public IReadOnlyList<Waiter> Waiters { get; init; } = [];

    /// <summary>Whether they say the same. Exceptions are not compared, since no two are equal.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(Finding? other) =>
        other is not null
        && string.Equals(Property, other.Property, StringComparison.Ordinal)
        && Time == other.Time
        && string.Equals(Detail, other.Detail, StringComparison.Ordinal)
        && string.Equals(Host, other.Host, StringComparison.Ordinal)
        && Place == other.Place
        && IsAboutWaiting == other.IsAboutWaiting
        && Waiters.SequenceEqual(other.Waiters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Property, Time, Detail);
}
