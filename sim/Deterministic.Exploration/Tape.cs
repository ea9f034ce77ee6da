using System.Globalization;
using System.Text;
using Deterministic.Exploration.Tapes;

namespace Deterministic.Exploration;

/// <summary>Every decision of one run, in order, and the inputs of the run. Immutable, so usable from any thread.</summary>
/// <remarks>
/// The file is text, which can be read and compared line by line:
/// <code>
/// detsim-tape 1
/// scenario chat
/// faults lossy-wan
/// seed 42
/// option clients 5
/// choices
/// schedule 1/3 0/2 latency 37/100 schedule 0/2
/// end 4 45b143ceaa169f8f
/// </code>
/// A kind's name applies to the numbers after it, to the end of its line; <c>1/3</c> is "number 1, counted from 0, of 3". The last
/// line has the number of choices and a checksum (FNV-1a, 64 bits, over the UTF-8 of the lines before it, each ended by one line
/// feed), so that a truncated or altered file is refused, but not one with converted line ends. A file holds at most
/// <see cref="MaxSavedChoices"/> choices: any file is read line by line, and takes no more memory than those.
/// </remarks>
public sealed class Tape
{
    /// <summary>The most choices that a file holds: 16,777,216, far more than a run of two million steps takes. In memory a tape may hold any number.</summary>
    public const int MaxSavedChoices = TapeFormat.MaxChoices;

    private static readonly UTF8Encoding FileEncoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A tape of the given choices, which are copied.</summary>
    /// <param name="header">The inputs of the run.</param>
    /// <param name="choices">Its decisions, in order.</param>
    /// <exception cref="ArgumentException">
    /// A header text is too long, there are more than 1,024 options, an option key holds white space, or a choice is out of range.
    /// </exception>
    public Tape(TapeHeader header, IEnumerable<Choice> choices)
        : this(header, owned: [.. choices ?? throw new ArgumentNullException(nameof(choices))])
    {
        foreach (var choice in Choices)
        {
            if (!choice.IsValid)
            {
                throw new ArgumentException(
                    $"{choice.Chosen} of {choice.Alternatives} (kind {(int)choice.Kind}) is not a valid choice.",
                    nameof(choices)
                );
            }
        }
    }

    private Tape(TapeHeader header, IReadOnlyList<Choice> owned)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (TapeHeaderCheck.FindFault(header) is { } fault)
        {
            throw new ArgumentException(fault, nameof(header));
        }

        Header = header;
        Choices = owned;
    }

    /// <summary>The inputs of the run.</summary>
    public TapeHeader Header { get; }

    /// <summary>The decisions, in the order in which they were requested.</summary>
    public IReadOnlyList<Choice> Choices { get; }

    /// <summary>Writes the tape into a file, replacing one that is there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be written. A partial file is refused as truncated.</exception>
    /// <exception cref="NotSupportedException">There are more than <see cref="MaxSavedChoices"/> choices; no file is touched.</exception>
    public void Save(string path)
    {
        VerifyFitsIntoAFile();
        using var writer = new StreamWriter(path, append: false, FileEncoding);
        Write(writer);
    }

    /// <summary>Reads a tape from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="TapeFormatException">The file isn't a complete, unaltered tape of a supported version.</exception>
    public static Tape Load(string path)
    {
        using var reader = new StreamReader(path, FileEncoding);
        return Parse(reader);
    }

    /// <summary>Writes the tape as text, with line feeds on every system.</summary>
    /// <param name="writer">The writer; not closed.</param>
    /// <exception cref="NotSupportedException">There are more than <see cref="MaxSavedChoices"/> choices; nothing is written.</exception>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        VerifyFitsIntoAFile();
        new TapeWriter(writer).Write(Header, Choices);
    }

    /// <summary>Reads a tape from text, to the end of the reader.</summary>
    /// <param name="reader">The reader; not closed.</param>
    /// <exception cref="TapeFormatException">The file isn't a complete, unaltered tape of a supported version.</exception>
    public static Tape Parse(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (TapeHeader header, IReadOnlyList<Choice> choices) = new TapeParser(new TapeLines(reader)).Parse();
        return Owning(header, choices);
    }

    /// <summary>A tape of valid choices that are not modified afterwards: they are not copied.</summary>
    internal static Tape Owning(TapeHeader header, IReadOnlyList<Choice> choices) => new(header, owned: choices);

    /// <summary>A file that could not be read back must not be written.</summary>
    internal void VerifyFitsIntoAFile()
    {
        if (Choices.Count > MaxSavedChoices)
        {
            throw new NotSupportedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The run took {Choices.Count} choices, and a tape's file holds at most {MaxSavedChoices}: give the run fewer steps or less virtual time."
                )
            );
        }
    }
}
