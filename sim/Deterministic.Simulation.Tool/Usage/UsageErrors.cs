using System.CommandLine;
using System.CommandLine.Parsing;

namespace Deterministic.Simulation.Tool;

/// <summary>The error in a command line, as one line: only the first, since others are often its consequence.</summary>
internal static class UsageErrors
{
    private const string SeeHelp = "see 'detsim --help'";

    public static string? Find(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        Command command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [string first, ..])
        {
            return Unmatched(command, first);
        }

        if (command.Subcommands.Count > 0)
        {
            return $"a command is missing: {string.Join(", ", CommandsOf(command))}; {SeeHelp}.";
        }

        return parsed.Errors[0] switch
        {
            { SymbolResult: OptionResult { Option: var option, Tokens.Count: 0 } } =>
                $"{option.Name} requires {option.HelpName}: {option.Description}.",
            { SymbolResult: OptionResult { Option: var option } } => $"{option.Name} is given more than once.",
            { SymbolResult: CommandResult or ArgumentResult } when command.Arguments is [var argument] =>
                $"'{command.Name}' requires {argument.Name}: {argument.Description}.",
            var other => other.Message,
        };
    }

    private static IEnumerable<string> CommandsOf(Command command) =>
        command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);

    private static string Unmatched(Command command, string token)
    {
        if (token.StartsWith('-'))
        {
            IEnumerable<string> known = command.Options.Select(option => option.Name).Append("--help");
            return Names.Unknown("option", token, [.. known.Distinct(StringComparer.Ordinal)]);
        }

        return command.Subcommands.Count > 0
            ? Names.Unknown("command", token, [.. CommandsOf(command)])
            : $"'{token}' is one argument too many for '{command.Name}'; {SeeHelp}.";
    }
}
