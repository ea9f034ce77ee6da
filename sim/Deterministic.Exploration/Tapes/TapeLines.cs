using System.Text;

namespace Deterministic.Exploration.Tapes;

/// <summary>The lines of an untrusted file: bounded in length, numbered, and included in a checksum.</summary>
internal sealed class TapeLines(TextReader reader)
{
    private readonly StringBuilder _line = new();
    private Fnv1a64 _checksum = new();

    /// <summary>The number of the line read last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The checksum of all lines before the one read last, as in the last line of a tape.</summary>
    public ulong ChecksumBefore { get; private set; }

    /// <summary>The next line without its line end, or null at the end of the file.</summary>
    public string? Next()
    {
        // Not by Peek: for a pipe with a slow writer it may report the end.
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
                    "give a file written by detsim"
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
