using Deterministic.Core.Reading;
using FsCheck.Fluent;

namespace Deterministic.Core.Tests;

public class SeparatorTableTests
{
    private const int MostNodes = 200;

    [Fact]
    public void The_table_steps_as_the_automaton_does()
    {
        int tables = 0;
        foreach (SeparatorCase world in SeparatorCases.All.Sample(200, size: 30))
        {
            SeparatorAutomaton automaton = new([.. world.Set.Separators]);
            if (SeparatorTable.TryCreate(automaton) is { } table)
            {
                tables++;
                // Of a long run of one byte, each step of the automaton may follow as many suffixes: a sample of its nodes is enough.
                int apart = (automaton.Nodes / MostNodes) + 1;
                for (int node = 0; node < automaton.Nodes; node += apart)
                {
                    for (int value = 0; value < 256; value++)
                    {
                        Assert.Equal(automaton.Step(node, (byte)value), table.Step(node, (byte)value));
                    }
                }
            }
        }

        tables.ShouldBeInRange(50, 195, "some sets have one, and some are too large");
    }

    [Theory]
    [InlineData(1, 8191, true)]
    [InlineData(1, 8192, false)]
    [InlineData(2, 5460, true)]
    [InlineData(2, 5461, false)]
    [InlineData(127, 127, true)]
    [InlineData(128, 128, false)]
    public void A_set_has_a_table_up_to_so_many_entries(int values, int length, bool has)
    {
        // A row for each byte of the separator and for the root; a column for each value in it, and one for all others.
        ((length + 1) * (values + 1) <= 16 * 1024).ShouldBe(has);
        byte[] separator = [.. Enumerable.Range(0, length).Select(i => (byte)(i % values))];
        (SeparatorTable.TryCreate(new SeparatorAutomaton([separator])) is not null).ShouldBe(has);
    }
}
