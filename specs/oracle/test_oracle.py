"""Tests of the oracle itself. What it answers is tested by the vectors; this is about everything around them.

    python test_oracle.py
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import generate
import vectors
from idle_loop import IdleLoop
from play import TAKES_SEVERAL_SEPARATORS, Oracle
from script import MalformedScript, parse

HERE = Path(__file__).resolve().parent


def run(program, *arguments, given=""):
    return subprocess.run([sys.executable, str(HERE / program), *arguments], input=given, text=True, capture_output=True)


def reader(*steps, **fields):
    return json.dumps({"id": "x", "kind": "reader", "limit": 4, "steps": list(steps)} | fields)


class Malformed_scripts(unittest.TestCase):
    def refused(self, line, *words):
        with self.assertRaises(MalformedScript) as caught:
            parse(line)
        self.assertNotIn("\n", str(caught.exception))
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_each_is_refused_with_its_reason(self):
        self.refused("{", "not JSON")
        self.refused("[]", "JSON object")
        self.refused('{"kind":"reader","steps":[]}', "id of a script")
        self.refused(reader(kind="pipe"), "kind must be")
        self.refused(reader(limit=0), "limit must be above zero")
        self.refused(reader(limit=True), "limit must be a whole number")
        self.refused(reader(steps={}), "steps must be a list")
        self.refused(reader("feed"), "step 1", "JSON object")
        self.refused(reader({"do": "feed_eof"}, {"do": "write", "data": ""}), "step 2", "'write'")
        self.refused(reader({"do": "feed"}), "data must be hexadecimal")
        self.refused(reader({"do": "feed", "data": "6"}), "data must be hexadecimal")
        self.refused(reader({"do": "feed_eof", "data": ""}), "no field 'data'")
        self.refused(reader({"do": "call", "id": "a", "call": "drain"}), "'drain'")
        self.refused(reader({"do": "call", "call": "next"}), "id of a call")
        self.refused(reader({"do": "call", "id": "a", "call": "readexactly"}), "n must be")
        self.refused(reader({"do": "call", "id": "a", "call": "next"}, {"do": "call", "id": "a", "call": "next"}), "twice")
        self.refused(reader(kind="writer", high=1, low=2), "high (1)")
        self.refused(reader({"do": "accept", "n": -1}, kind="writer"), "at least 0")
        self.refused(reader({"do": "peer_data", "data": "00" * 262145}, kind="writer"), "262144")

    def test_the_player_ends_with_code_2_and_one_line(self):
        played = run("play.py", given=reader() + "\n\n" + reader(limit=-1) + "\n" + reader() + "\n")
        self.assertEqual(2, played.returncode)
        self.assertEqual('{"id":"x","steps":[]}\n', played.stdout)
        self.assertEqual("line 3: script 'x': limit must be above zero\n", played.stderr)


class The_player(unittest.TestCase):
    def test_answers_in_the_documented_form(self):
        script = '{"id":"r-1","kind":"reader","limit":8,"note":"n","steps":[{"do":"feed","data":"6162"},' \
                 '{"do":"call","id":7,"call":"read","n":4},{"do":"cancel","id":"never made"}]}'
        self.assertEqual(
            '{"id":"r-1","steps":[{"at_eof":false,"buffered":2,"events":[],"paused":false},'
            '{"at_eof":false,"buffered":0,"events":[{"done":7,"ok":"6162"}],"paused":false},'
            '{"at_eof":false,"buffered":0,"events":[],"paused":false}]}\n', run("play.py", given=script).stdout)

    def test_several_separators_need_3_13(self):
        with Oracle() as oracle:
            answer = oracle.play(parse(reader({"do": "call", "id": "a", "call": "readuntil", "separators": ["0a", "0d"]})))
        self.assertEqual(TAKES_SEVERAL_SEPARATORS, "skipped" not in answer)

    def test_a_script_leaves_nothing_behind_for_the_next(self):
        lines = [json.dumps(script) for script in generate.scripts("order", 400, one_separator=True)]
        with Oracle() as oracle:
            forwards = [oracle.play(parse(line)) for line in lines]
            backwards = [oracle.play(parse(line)) for line in reversed(lines)]
        self.assertEqual(forwards, backwards[::-1])

    def test_an_error_that_no_script_can_cause_is_not_swallowed(self):
        with IdleLoop() as loop:
            loop.call_soon(lambda: 1 // 0)
            self.assertRaises(RuntimeError, loop.run_until_idle)


class The_generator(unittest.TestCase):
    def test_same_seed_same_scripts_however_many(self):
        few, many = list(generate.scripts("7", 20)), list(generate.scripts("7", 60))
        self.assertEqual(few, many[:20])
        self.assertNotEqual(few, list(generate.scripts("8", 20)))

    def test_the_scripts_are_the_same_on_every_version(self):
        """Written down once; a version of Python that draws differently would make seeds worthless."""
        self.assertEqual(
            {"id": "r-1", "kind": "reader", "limit": 1, "steps": [
                {"do": "call", "id": "c1", "call": "next"}, {"do": "feed", "data": "6262"}]},
            next(generate.scripts("7", 1, longest=2)))

    def test_one_separator_is_what_it_says(self):
        for script in generate.scripts("7", 500, one_separator=True):
            self.assertFalse(parse(json.dumps(script)).several_separators)


class Comparisons(unittest.TestCase):
    ANSWER = '{"id":"x","steps":[{"buffered":0}]}\n'

    def compare(self, one, other):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("one", one), ("other", other), ("scripts", reader({"do": "feed_eof"}))):
                Path(folder, name).write_text(text)
            return run("compare.py", f"{folder}/one", f"{folder}/other", "--scripts", f"{folder}/scripts")

    def test_what_is_the_same_skipped_and_different(self):
        spaced = self.ANSWER.replace(":", ": ")
        self.assertEqual("1 same, 0 skipped, 0 differ\n", self.compare(self.ANSWER, spaced).stdout)
        self.assertEqual("0 same, 1 skipped, 0 differ\n", self.compare(self.ANSWER, '{"id":"x","skipped":"y"}\n').stdout)
        different = self.compare(self.ANSWER, self.ANSWER.replace("0", "1"))
        self.assertEqual(1, different.returncode)
        self.assertIn('"do": "feed_eof"', different.stdout)
        self.assertTrue(different.stdout.endswith("0 same, 0 skipped, 1 differ\n"))

    def test_a_lost_line_is_a_difference(self):
        self.assertEqual(1, self.compare(self.ANSWER, "").returncode)
        self.assertEqual(1, self.compare(self.ANSWER, self.ANSWER * 2).returncode)

    def test_a_vector_with_a_wrong_answer_fails(self):
        vector = {"id": "x", "kind": "reader", "limit": 4, "steps": [{"do": "feed", "data": "61"}], "answer": [{"buffered": 2}]}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "wrong.jsonl")
            path.write_text(vectors.as_line(vector))
            verified = run("verify.py", str(path))
            self.assertEqual(1, verified.returncode)
            self.assertIn("0 same, 0 skipped, 1 differ", verified.stdout)
            path.write_text("")
            self.assertEqual(1, run("verify.py", str(path)).returncode)

    def test_plain_cpython_differs_where_a_difference_was_decided_and_nowhere_else(self):
        """The second read is refused by the oracle and served by CPython; an empty chunk makes CPython 3.12 and 3.13 spin."""
        busy = [{"do": "call", "id": "a", "call": "readexactly", "n": 3}, {"do": "feed", "data": "61"},
                {"do": "call", "id": "b", "call": "read", "n": 1}]
        spins = [{"do": "write", "data": "61"}, {"do": "writelines", "data": ["62", ""]}, {"do": "accept", "n": 9}]
        same = [{"do": "feed", "data": "61"}, {"do": "call", "id": "a", "call": "readuntil", "separators": ["61"]},
                {"do": "call", "id": "b", "call": "readline"}, {"do": "call", "id": "c", "call": "readexactly", "n": 1}]
        scripts = [{"id": "busy", "kind": "reader", "limit": 4, "steps": busy},
                   {"id": "spins", "kind": "writer", "limit": 4, "steps": spins},
                   {"id": "same", "kind": "reader", "limit": 4, "steps": same}]
        with tempfile.TemporaryDirectory() as folder, Oracle() as oracle:
            path = Path(folder, "some.jsonl")
            path.write_text("".join(
                json.dumps(script | {"answer": vectors.without_resting(oracle.play(parse(json.dumps(script))))}) + "\n" for script in scripts))
            differ = 2 if sys.version_info >= (3, 12) else 1
            played = run("verify.py", "--plain", str(path))
            self.assertEqual(1, played.returncode)
            self.assertIn(f"{3 - differ} same, 0 skipped, {differ} differ", played.stdout)
            self.assertEqual(0, run("verify.py", str(path)).returncode)

    def test_resting_members_are_left_out_and_null_is_not(self):
        answer = {"steps": [{"events": [], "paused": False, "buffered": 0}, {"events": [{"ok": None}], "at_eof": True}]}
        self.assertEqual([{}, {"at_eof": True, "events": [{"ok": None}]}], vectors.without_resting(answer))


if __name__ == "__main__":
    unittest.main()
