using System.Text;

namespace Deterministic.Exploration.Tapes;

/// <summary>The lines of a file that may be anything: bounded in length, numbered, and summed as they pass.</summary>
internal sealed class TapeLines(TextReader reader)
{
    private readonly StringBuilder _line = new();
    private Fnv1a64 _checksum = new();

    /// <summary>The number of the line read last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Of all lines before the one read last, which is what the last line of a tape states.</summary>
    public ulong ChecksumBefore { get; private set; }

    /// <summary>The next line without its end, or null once there is none.</summary>
    public string? Next()
    {
        // Not by Peek: of a pipe whose writer is slow it may say that there is no more.
        int c = reader.Read();
        if (c < 0)
        {
            return null;
        }

        Number++;
        _line.Clear();
        for (; c >= 0 && c != '\n'; c = reader.Read())
        {
            if (_line.Length == TapeFormat.MaxLineLength)
            {
                throw new TapeFormatException(
                    Number,
                    "the line is longer than any line of a tape",
                    "give a file that detsim has written"
                );
            }

            _line.Append((char)c);
        }

        if (_line.Length > 0 && _line[^1] == '\r')
        {
            _line.Length--;
        }

        var line = _line.ToString();
        ChecksumBefore = _checksum.Value;
        _checksum.AddLine(line);
        return line;
    }
}
