namespace Deterministic.Contract;

/// <summary>A driver does not keep the contract. The message says what was expected and what happened.</summary>
public sealed class ContractViolationException : Exception
{
    /// <summary>A violation without particulars.</summary>
    public ContractViolationException() { }

    /// <summary>A violation.</summary>
    /// <param name="message">What was expected and what happened.</param>
    public ContractViolationException(string message)
        : base(message) { }

    /// <summary>A violation, and its cause.</summary>
    /// <param name="message">What was expected and what happened.</param>
    /// <param name="innerException">The cause.</param>
    public ContractViolationException(string message, Exception? innerException)
        : base(message, innerException) { }
}
