using System.Net.Sockets;

namespace Deterministic.Streams.Tests;

/// <summary>Text that is no path of a Unix socket. Clause C-UNIX-06.</summary>
public sealed class UnixPathTests
{
    private readonly ScriptedNetwork _network = new(new ScriptedListener());

    [Clause("C-UNIX-06")]
    [Fact]
    public void Of_all_characters_only_a_NUL_is_refused_and_only_where_it_is_no_first_one()
    {
        for (int code = 0; code <= byte.MaxValue; code++)
        {
            char one = (char)code;
            (Error($"/run/a{one}b") is not null).ShouldBe(code == 0, $"U+{code:X4} within a path");
            (Error($"/run/a{one}") is not null).ShouldBe(code == 0, $"U+{code:X4} at its end");
            Error($"{one}a").ShouldBeNull($"U+{code:X4} at its begin");
            Error($"\0a{one}b").ShouldBeNull($"U+{code:X4} in an abstract name, where any byte may be");
        }
    }

    [Clause("C-UNIX-06")]
    [Fact]
    public void The_error_shows_the_path_and_says_what_is_wrong_with_it()
    {
        ArgumentException cut = Error("/run/a\0b").ShouldNotBeNull();
        cut.ParamName.ShouldBe("path");
        cut.Message.ShouldContain("'/run/a\\0b' has a NUL at index 6");
        Error("/run/a\ud800b")
            .ShouldNotBeNull()
            .Message.ShouldContain("'/run/a\\ud800b' has half of a surrogate pair at index 6");
    }

    [Clause("C-UNIX-06")]
    [Fact]
    public void An_end_point_with_a_NUL_in_its_path_is_refused_too()
    {
        UnixDomainSocketEndPoint cut = new("/run/a\0b");
        Should
            .Throw<ArgumentException>(() => _network.OpenConnectionAsync(cut).AsTask().Now())
            .ParamName.ShouldBe("remote");
        Should
            .Throw<ArgumentException>(() => _network.StartServerAsync(Shop.ForEver, cut).AsTask().Now())
            .ParamName.ShouldBe("local");
        _network.Asked.ShouldBeNull();
        _network.OpenConnectionAsync(new UnixDomainSocketEndPoint("\0a\0b")).AsTask().Now();
    }

    private static ArgumentException? Error(string path)
    {
        ArgumentException?[] errors =
        [
            Caught(() => new ScriptedNetwork().OpenUnixConnectionAsync(path).AsTask().Now()),
            Caught(() =>
                new ScriptedNetwork(new ScriptedListener()).StartUnixServerAsync(Shop.ForEver, path).AsTask().Now()
            ),
        ];
        errors.Count(error => error is null).ShouldBeOneOf([0, errors.Length], "connecting and serving agree");
        return errors[0];
    }

    private static ArgumentException? Caught(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (ArgumentException error)
        {
            return error;
        }
    }
}
