using System.Globalization;
using Deterministic.Exploration.Naming;

namespace Deterministic.Exploration;

/// <summary>A replay asked for a choice other than the recorded one, so from here on it would be a different run.</summary>
public sealed class TapeDivergenceException : InvalidOperationException
{
    /// <summary>A divergence without details.</summary>
    public TapeDivergenceException() { }

    /// <summary>A divergence without details.</summary>
    /// <param name="message">What happened.</param>
    public TapeDivergenceException(string message)
        : base(message) { }

    /// <summary>A divergence without details, and its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public TapeDivergenceException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>A divergence, with the recorded and the requested choice.</summary>
    /// <param name="position">The place on the tape, counted from 0.</param>
    /// <param name="recorded">What the tape holds there; null when it has ended.</param>
    /// <param name="askedKind">The kind that the run requested.</param>
    /// <param name="askedAlternatives">How many alternatives the run has.</param>
    public TapeDivergenceException(int position, Choice? recorded, ChoiceKind askedKind, int askedAlternatives)
        : base(Describe(position, recorded, askedKind, askedAlternatives))
    {
        Position = position;
        Recorded = recorded;
        AskedKind = askedKind;
        AskedAlternatives = askedAlternatives;
    }

    /// <summary>The place on the tape, counted from 0.</summary>
    public int Position { get; }

    /// <summary>What the tape holds there; null when it has ended.</summary>
    public Choice? Recorded { get; }

    /// <summary>The kind that the run requested.</summary>
    public ChoiceKind AskedKind { get; }

    /// <summary>How many alternatives the run has.</summary>
    public int AskedAlternatives { get; }

    private static string Describe(int position, Choice? recorded, ChoiceKind kind, int alternatives)
    {
        var left = recorded is { } choice ? $"holds '{choice}'" : "has ended";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The run diverges from its tape at choice {position}: the tape {left}, the run asks for '{ChoiceKindNames.NameOf(kind)}' "
                + $"with {alternatives} alternatives. Replay with the program and options of the recording, or record it again."
        );
    }
}
