namespace Deterministic.Simulation;

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

    /// <summary>Above the longest line that can be written: a key and a value, each character escaped to six.</summary>
    public const int MaxLineLength = (2 * 6 * TapeHeader.MaxTextLength) + 64;
}
