namespace Deterministic.Soak;

/// <summary>This machine, as it is set up, can't run the soak that was asked for.</summary>
/// <param name="message">Why, and what to do.</param>
#pragma warning disable CA1032 // Nothing but a message is of use here.
public sealed class SoakRefusedException(string message) : Exception(message);
#pragma warning restore CA1032
