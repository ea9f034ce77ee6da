using Deterministic.Core;

namespace Deterministic.Interop;

/// <summary>Errors as the checks look for them: the kind of a lost connection first.</summary>
internal static class Failures
{
    public static string Describe(Exception error) =>
        error is ConnectionException { Kind: var kind }
            ? $"{kind}: {error.Message}"
            : $"{error.GetType().Name}: {error.Message}";
}
