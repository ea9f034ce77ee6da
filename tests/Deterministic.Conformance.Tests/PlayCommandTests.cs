using System.Globalization;
using System.Text.Json.Nodes;

namespace Deterministic.Conformance.Tests;

public sealed class PlayCommandTests
{
    [Fact]
    public void Answers_are_in_the_documented_form() =>
        Played
            .From(
                """
                {"id":"r-1","kind":"reader","limit":8,"note":"n","steps":[{"do":"feed","data":"6162"},{"do":"call","id":7,"call":"read","n":4},{"do":"cancel","id":"never made"}]}
                """
            )
            .Answers.ShouldBe(
                """{"id":"r-1","steps":[{"at_eof":false,"buffered":2,"events":[],"paused":false},"""
                    + """{"at_eof":false,"buffered":0,"events":[{"done":7,"ok":"6162"}],"paused":false},"""
                    + """{"at_eof":false,"buffered":0,"events":[],"paused":false}]}"""
                    + "\n"
            );

    [Fact]
    public void A_connection_is_answered_with_all_of_its_state() =>
        Played
            .From(
                """{"id":1,"kind":"writer","steps":[{"do":"write","data":"6162"},{"do":"accept","n":1},{"do":"abort"}]}"""
            )
            .Answers.ShouldBe(
                """{"id":1,"steps":[{"at_eof":false,"buffered":2,"closing":false,"events":[],"paused":false,"unread":0},"""
                    + """{"at_eof":false,"buffered":1,"closing":false,"events":[{"sent":"61"}],"paused":false,"unread":0},"""
                    + """{"at_eof":true,"buffered":0,"closing":true,"events":[{"closed":true}],"paused":false,"unread":0}]}"""
                    + "\n"
            );

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"é\\u0000\\\"<\"")]
    [InlineData("-7")]
    [InlineData("123456789012345678901234567890")]
    public void An_id_comes_back_as_it_is(string id)
    {
        Played played = Played.From($$"""{"id":{{id}},"kind":"reader","steps":[]}""");

        JsonNode.Parse(played.Answers)!["id"]!.ToJsonString().ShouldBe(JsonNode.Parse(id)!.ToJsonString());
    }

    [Fact]
    public void No_scripts_give_no_answers() => Played.From("\n  \n").ShouldBe(new Played(0, "", ""));

    [Fact]
    public void More_answers_than_one_batch_holds_all_come_out()
    {
        IEnumerable<string> scripts = Enumerable
            .Range(0, 5_000)
            .Select(id =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"id":{{id}},"kind":"writer","steps":[{"do":"close"}]}"""
                )
            );

        Played played = Played.From(string.Join('\n', scripts));

        played.Lines.Count.ShouldBe(5_000);
        played.Lines[^1].ShouldStartWith("""{"id":4999,""");
    }

    [Fact]
    public void A_script_leaves_nothing_behind_for_the_next()
    {
        string[] scripts = [.. Specs.VectorFiles.SelectMany(file => File.ReadLines(Specs.VectorFile(file)).Take(400))];

        IReadOnlyList<string> forwards = Played.From(string.Join('\n', scripts)).Lines;
        IReadOnlyList<string> backwards = Played.From(string.Join('\n', scripts.Reverse())).Lines;

        backwards.Reverse().ShouldBe(forwards);
    }

    [Fact]
    public void The_largest_receive_arrives_whole()
    {
        string data = string.Concat(
            Enumerable.Range(0, 262_144).Select(i => (i % 251).ToString("x2", CultureInfo.InvariantCulture))
        );

        Played played = Played.From(
            """{"id":"x","kind":"writer","steps":[{"do":"call","id":"a","call":"read"},{"do":"peer_data","data":"DATA"},{"do":"peer_eof"}]}""".Replace(
                "DATA",
                data,
                StringComparison.Ordinal
            )
        );

        played.Answers.ShouldContain($$"""{"done":"a","ok":"{{data}}"}""");
    }
}
