namespace Deterministic.Exploration.Tapes;

/// <summary>The keywords of the file format, shared by its writer and its parser.</summary>
internal static class TapeFormat
{
    public const string Magic = "detsim-tape";
    public const int Version = 1;
    public const string Scenario = "scenario";
    public const string Faults = "faults";
    public const string Seed = "seed";
    public const string Option = "option";
    public const string Choices = "choices";
    public const string End = "end";

    /// <summary>Fits a line of two-digit schedule choices, the most common ones, into 100 columns.</summary>
    public const int ChoicesPerLine = 16;

    /// <summary>
    /// The most choices of a file, so that an untrusted file cannot exhaust the memory. By default a run ends at two million steps, and a step takes a few
    /// choices: this is eight times the steps, and 192 MiB of memory.
    /// </summary>
    public const int MaxChoices = 16 * 1024 * 1024;

    /// <summary>Each rule of a fault profile is one option; a profile has at most 999 in a tape, and there are a few others.</summary>
    public const int MaxOptions = 1024;

    /// <summary>More than the longest line that can be written: a key and a value, each character escaped to six.</summary>
    public const int MaxLineLength = (2 * 6 * TapeHeader.MaxTextLength) + 64;
}
