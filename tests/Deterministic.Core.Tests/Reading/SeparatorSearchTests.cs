using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Core.Tests;

public class SeparatorSearchTests
{
    [Property(Arbitrary = [typeof(SeparatorsAndText)], MaxTest = 3000)]
    public void The_automaton_finds_what_a_naive_search_finds(string[] separators, string text)
    {
        ReaderMachine reader = new(1000);
        reader.Feed(text);
        string? found = NaiveFirst(text, separators);
        reader.Until(separators).ShouldBe(found is null ? ReaderTalk.Pending : ReaderTalk.Ok(found));
    }

    [Property(Arbitrary = [typeof(SeparatorsAndText)], MaxTest = 2000)]
    public void The_automaton_remembers_just_what_could_begin_a_separator(string[] separators, string text)
    {
        SeparatorSet set = Bytes.Separators(separators);
        int node = 0;
        for (int i = 0; i < text.Length; i++)
        {
            node = set.Step(node, (byte)text[i]);
            string seen = text[..(i + 1)];
            set.Depth(node).ShouldBe(LongestBeginning(seen, separators));
            int[] ending =
            [
                .. separators
                    .Where(separator => seen.EndsWith(separator, StringComparison.Ordinal))
                    .Select(separator => separator.Length),
            ];
            set.MatchLength(node).ShouldBe(ending.DefaultIfEmpty().Min());
        }
    }

    [Fact]
    public void A_byte_that_occurs_in_no_separator_leads_back_to_the_root()
    {
        SeparatorSet set = Bytes.Separators("abc");
        int node = set.Step(set.Step(0, (byte)'a'), (byte)'b');
        set.Depth(node).ShouldBe(2);
        set.Step(node, (byte)'x').ShouldBe(0);
        set.Step(0, (byte)'x').ShouldBe(0);
    }

    private static string? NaiveFirst(string text, string[] separators)
    {
        for (int end = 1; end <= text.Length; end++)
        {
            if (separators.Any(separator => text.AsSpan(0, end).EndsWith(separator)))
            {
                return text[..end];
            }
        }

        return null;
    }

    private static int LongestBeginning(string seen, string[] separators) =>
        Enumerable
            .Range(0, seen.Length + 1)
            .Where(length =>
                separators.Any(separator => separator.StartsWith(seen[^length..], StringComparison.Ordinal))
            )
            .Max();

    /// <summary>Few letters, so that separators overlap, contain and begin one another.</summary>
    internal static class SeparatorsAndText
    {
        private static readonly Gen<string> Text = Gen.ArrayOf(Gen.Elements('a', 'b', 'c'))
            .Select(chars => new string(chars));

        public static Arbitrary<string> Texts() => Text.Resize(40).ToArbitrary();

        public static Arbitrary<string[]> Sets() =>
            Gen.NonEmptyListOf(Text.Where(text => text.Length is > 0 and < 6))
                .Select(list => list.Take(5).ToArray())
                .ToArbitrary();
    }
}
