namespace Deterministic.Contract.Tests;

/// <summary>What the table is asked for on the command line.</summary>
/// <param name="Arms">The columns.</param>
/// <param name="Cases">The rows.</param>
internal sealed record TableOptions(IReadOnlyList<Arm> Arms, IReadOnlyList<ContractCase> Cases)
{
    public const string Usage = """
        Holds the drivers of this repository to the contract, and prints a table: case by arm.

          --arm NAME    only arms whose name contains this; may be repeated
          --case NAME   only cases whose name contains this; may be repeated

        Exit codes: 0 kept, 1 not kept, 2 bad usage.
        """;

    /// <exception cref="FormatException">They make no sense; the message says why.</exception>
    public static TableOptions Parse(string[] arguments)
    {
        List<string> arms = [];
        List<string> cases = [];
        for (int place = 0; place < arguments.Length; place += 2)
        {
            List<string> names = arguments[place] switch
            {
                "--arm" => arms,
                "--case" => cases,
                string other => throw new FormatException($"There is no option '{other}'."),
            };
            names.Add(
                place + 1 < arguments.Length
                    ? arguments[place + 1]
                    : throw new FormatException($"{arguments[place]} needs a name.")
            );
        }

        return new TableOptions(
            Matching(Arm.All, arm => arm.Name, arms, "arm"),
            Matching(ContractSuite.Cases, one => one.Name, cases, "case")
        );
    }

    private static List<T> Matching<T>(IReadOnlyList<T> all, Func<T, string> name, List<string> wanted, string what)
    {
        List<T> found =
        [
            .. all.Where(one =>
                wanted.Count == 0 || wanted.Exists(part => name(one).Contains(part, StringComparison.OrdinalIgnoreCase))
            ),
        ];
        return found.Count > 0
            ? found
            : throw new FormatException(
                $"No {what} is called '{string.Join("' or '", wanted)}'. There are: {string.Join(", ", all.Select(one => name(one).Split('/')[0]).Distinct(StringComparer.Ordinal))}."
            );
    }
}
