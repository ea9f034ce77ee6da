using System.Globalization;
using System.Text;

namespace Deterministic.Core.Tests;

/// <summary>One step of a script for a reader. Prints itself in the format of the committed vectors.</summary>
public sealed record ReaderStep(ReaderStepKind Kind, string Data = "", ReadRequest Request = default, long Count = 0)
{
    public string Print(int id) =>
        Kind switch
        {
            ReaderStepKind.Feed or ReaderStepKind.Receive => $$"""{"do":"feed","data":"{{Hex(Data)}}"}""",
            ReaderStepKind.End => """{"do":"feed_eof"}""",
            ReaderStepKind.Fail => $$"""{"do":"set_exception","name":"{{Data}}"}""",
            ReaderStepKind.Cancel => $$"""{"do":"cancel","id":"{{id.ToString(CultureInfo.InvariantCulture)}}"}""",
            ReaderStepKind.TryPeek => $$"""{"do":"try_look","n":{{Number(Request.Count)}}}""",
            ReaderStepKind.Consume => $$"""{"do":"consume","n":{{Number(Count)}}}""",
            ReaderStepKind.Interrupt => """{"do":"interrupt"}""",
            ReaderStepKind.Lend => """{"do":"lend"}""",
            _ => $$"""{"do":"call","id":"{{id.ToString(CultureInfo.InvariantCulture)}}","call":{{PrintRequest()}}}""",
        };

    private string PrintRequest() =>
        Request.Kind switch
        {
            ReadKind.Some => $"\"read\",\"n\":{Request.Count}",
            ReadKind.ToEnd => "\"read\",\"n\":-1",
            ReadKind.Exactly => $"\"readexactly\",\"n\":{Request.Count}",
            ReadKind.Line => "\"readline\"",
            ReadKind.Lines => "\"readlines\"",
            ReadKind.Peek => $"\"look\",\"n\":{Request.Count}",
            ReadKind.Skip => $"\"skip\",\"separators\":[{PrintSeparators()}]",
            _ => $"\"readuntil\",\"separators\":[{PrintSeparators()}]",
        };

    private string PrintSeparators() =>
        string.Join(
            ',',
            Request.Separators!.Separators.Select(separator => $"\"{Convert.ToHexStringLower(separator.Span)}\"")
        );

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hex(string data) => Convert.ToHexStringLower(Encoding.Latin1.GetBytes(data));
}
