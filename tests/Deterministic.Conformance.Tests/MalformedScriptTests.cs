namespace Deterministic.Conformance.Tests;

public sealed class MalformedScriptTests
{
    public static TheoryData<string, string> Table { get; } =
        new()
        {
            { "{", "not JSON" },
            { "[]", "JSON object" },
            { """{"kind":"reader","steps":[]}""", "id of a script" },
            { """{"id":true,"kind":"reader","steps":[]}""", "id of a script" },
            { """{"id":1.0,"kind":"reader","steps":[]}""", "id of a script" },
            { """{"id":1e3,"kind":"reader","steps":[]}""", "id of a script" },
            { """{"id":"\ud800","kind":"reader","steps":[]}""", "not text" },
            { """{"id":"x","steps":[]}""", "kind" },
            { """{"id":"x","kind":"pipe","steps":[]}""", "kind must be reader or writer" },
            { """{"id":"x","kind":"reader"}""", "steps must be a list" },
            { """{"id":"x","kind":"reader","steps":{}}""", "steps must be a list" },
            { """{"id":"x","kind":"reader","limit":0,"steps":[]}""", "limit must be above zero" },
            { """{"id":"x","kind":"reader","limit":true,"steps":[]}""", "limit must be a whole number" },
            { """{"id":"x","kind":"reader","limit":8.0,"steps":[]}""", "limit must be a whole number" },
            { """{"id":"x","kind":"reader","limit":null,"steps":[]}""", "limit must be a whole number" },
            { """{"id":"x","kind":"reader","limit":5000000000,"steps":[]}""", "limit is beyond" },
            { """{"id":"x","kind":"writer","high":1,"low":2,"steps":[]}""", "high (1)" },
            { """{"id":"x","kind":"writer","low":-1,"steps":[]}""", "at least 0" },
            { """{"id":"x","kind":"writer","high":"1","steps":[]}""", "high must be a whole number" },
            { Reader("\"feed\""), "step 1: a step is a JSON object" },
            { Reader("""{"data":""}"""), "do must be a string" },
            { Reader("""{"do":"feed_eof"},{"do":"write","data":""}"""), "step 2: no step is called 'write'" },
            { Writer("""{"do":"feed","data":""}"""), "no step is called 'feed'" },
            { Reader("""{"do":"feed"}"""), "data must be hexadecimal" },
            { Reader("""{"do":"feed","data":6}"""), "data must be hexadecimal" },
            { Reader("""{"do":"feed","data":"6"}"""), "data must be hexadecimal" },
            { Reader("""{"do":"feed","data":"6g"}"""), "data must be hexadecimal" },
            { Reader("""{"do":"feed_eof","data":""}"""), "feed_eof knows no field 'data'" },
            { Reader("""{"do":"set_exception","name":1}"""), "name must be a string" },
            { Reader("""{"do":"cancel"}"""), "id of a call" },
            { Reader("""{"do":"call","id":"a","call":"drain"}"""), "no call is called 'drain'" },
            { Reader("""{"do":"call","call":"next"}"""), "id of a call" },
            { Reader("""{"do":"call","id":"a","call":"next","n":1}"""), "next knows no field 'n'" },
            { Reader("""{"do":"call","id":"a","call":"read","n":null}"""), "n must be a whole number" },
            { Reader("""{"do":"call","id":"a","call":"readexactly"}"""), "n must be a whole number" },
            { Reader("""{"do":"call","id":"a","call":"readuntil","separators":"0a"}"""), "separators must be a list" },
            {
                Reader("""{"do":"call","id":"a","call":"next"},{"do":"call","id":"\u0061","call":"next"}"""),
                "used twice"
            },
            { Writer("""{"do":"writelines","data":"00"}"""), "data must be a list" },
            { Writer("""{"do":"accept","n":-1}"""), "n must be at least 0" },
            { Writer("""{"do":"accept"}"""), "n must be a whole number" },
            { Writer("""{"do":"set_limits","hihg":1}"""), "set_limits knows no field 'hihg'" },
            { Writer($$"""{"do":"peer_data","data":"{{new string('0', 2 * 262_145)}}"}"""), "262144" },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_malformed_script_is_refused_in_one_line_with_exit_code_2(string script, string reason)
    {
        Played played = Played.From(script);

        played.ExitCode.ShouldBe(2);
        played.Answers.ShouldBeEmpty();
        played.Errors.ShouldStartWith("line 1: ");
        played.Errors.ShouldContain(reason);
        played.Errors.IndexOf('\n', StringComparison.Ordinal).ShouldBe(played.Errors.Length - 1);
    }

    [Fact]
    public void What_came_before_a_malformed_script_is_answered_and_nothing_after_it()
    {
        Played played = Played.From(Reader("") + "\n\n" + Reader("1") + "\n" + Reader("") + "\n");

        played.ExitCode.ShouldBe(2);
        played.Answers.ShouldBe("""{"id":"x","steps":[]}""" + "\n");
        played.Errors.ShouldBe("line 3: script 'x', step 1: a step is a JSON object\n");
    }

    [Fact]
    public void Arguments_that_are_merely_wrong_are_answered()
    {
        Played played = Played.From(
            Reader(
                """{"do":"call","id":1,"call":"readexactly","n":-1},{"do":"call","id":"1","call":"readuntil","separators":[]},"""
                    + """{"do":"call","id":2,"call":"readuntil","separators":["0a",""]}"""
            )
                + "\n"
                + Writer("""{"do":"set_limits","high":1,"low":2}""")
        );

        played.ExitCode.ShouldBe(0);
        played.Lines[0].Split("\"bad_argument\"").Length.ShouldBe(4);
        played.Lines[1].ShouldContain("""{"step_error":"bad_argument"}""");
    }

    private static string Reader(string steps) => $$"""{"id":"x","kind":"reader","limit":4,"steps":[{{steps}}]}""";

    private static string Writer(string steps) => $$"""{"id":"x","kind":"writer","limit":4,"steps":[{{steps}}]}""";
}
