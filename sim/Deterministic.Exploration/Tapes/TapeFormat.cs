namespace Deterministic.Exploration.Tapes;

/// <summary>The words of the file format, shared by its writer and its parser.</summary>
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

    /// <summary>Fits a line of two-digit schedule choices, the commonest, into 100 columns.</summary>
    public const int ChoicesPerLine = 16;

    /// <summary>
    /// What a file may hold, so that one that may be anything cannot use up the memory. A run ends at two million steps unless it is given another limit, and a step takes a few
    /// choices: this is eight times as many as steps, and 192 MiB of memory.
    /// </summary>
    public const int MaxChoices = 16 * 1024 * 1024;

    /// <summary>Each rule of a fault profile is one option; a profile has at most 999 in a tape, and there are a few others.</summary>
    public const int MaxOptions = 1024;

    /// <summary>Above the longest line that can be written: a key and a value, each character escaped to six.</summary>
    public const int MaxLineLength = (2 * 6 * TapeHeader.MaxTextLength) + 64;
}
