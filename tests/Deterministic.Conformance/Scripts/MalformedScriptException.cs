namespace Deterministic.Conformance;

/// <summary>A script breaks the format; nothing of it has been played. The message is one line.</summary>
internal sealed class MalformedScriptException : FormatException
{
    public MalformedScriptException()
        : this("The script breaks the format.") { }

    public MalformedScriptException(string message)
        : base(message.ReplaceLineEndings(" ")) { }

    public MalformedScriptException(string message, Exception? innerException)
        : base(message.ReplaceLineEndings(" "), innerException) { }
}
