"""Checks the clauses and the deviations: their form, that they name each other, and that every id and C# member named anywhere exists.

    python specs/clauses/check.py           # says what is wrong; exit code 1 if anything is
    python specs/clauses/check.py --counts  # how many clauses of each status, for each file
    python specs/clauses/check.py --json    # the clauses, the deviations and the documented members, for other tools
"""

import collections
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
SPECS = HERE.parent
ROOT = SPECS.parent

FILES = ["reader.md", "writer.md", "protocol.md", "connecting.md", "exceptions.md"]
ID = r"(?:[RWCSE]-[A-Z]+-\d\d|P-\d\d)"
CLAUSE_FIELDS = ["status", "follows", "docs", "script", "deviations", "members"]
DEVIATION_FIELDS = ["state", "rule", "clauses"]
STATUSES = ["followed", "deviates", "planned", "not-applicable"]
FOLLOWS = ["both", "CPython", "documentation", "neither", "none"]
DOCS = ["3.4", "3.6", "3.7", "3.12", "3.13"]
RULES = {"built": ["oracle", "socket", "not-in-scripts"], "decided": ["not-built"]}

problems = []


def wrong(where, what):
    problems.append(f"{where}: {what}")


def sections(path):
    """Each heading of level 3 with an id, its title, and its paragraphs."""
    found, current = [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            current = None
            heading = re.fullmatch(rf"### ({ID}|DEV-\d\d): (.+)", line)
            if heading:
                current = {"where": f"{path.relative_to(ROOT)}:{number}", "id": heading[1], "title": heading[2], "lines": []}
                found.append(current)
            elif line.startswith("###"):
                wrong(f"{path.relative_to(ROOT)}:{number}", "not a heading of the form ### ID: title")
        elif current:
            current["lines"].append(line)
    for section in found:
        text = "\n".join(section.pop("lines")).strip()
        section["paragraphs"] = [" ".join(p.split("\n")) for p in re.split(r"\n\s*\n", text)]
    return found


def read_fields(section, names):
    lines = [p for p in section["paragraphs"] if p.startswith(f"`{names[0]}: ")]
    if len(lines) != 1:
        wrong(section["where"], "must have one line of fields")
        return dict.fromkeys(names, "none")
    pairs = [part.partition(": ") for part in lines[0].strip("`").split(" | ")]
    if [name for name, _, _ in pairs] != names:
        wrong(section["where"], f"the fields must be {', '.join(names)}")
        return dict.fromkeys(names, "none")
    section["paragraphs"].remove(lines[0])
    return {name: value.strip() for name, _, value in pairs}


def words(value, separator=" "):
    return [] if value == "none" else [word.strip() for word in value.split(separator)]


def labelled(section, labels):
    """Takes the paragraphs that begin with one of the labels."""
    taken, rest = {}, []
    for paragraph in section["paragraphs"]:
        label = next((label for label in labels if paragraph.startswith(label + ": ")), None)
        if label in taken:
            wrong(section["where"], f"has two paragraphs {label}:")
        if label:
            taken[label] = paragraph[len(label) + 2 :]
        else:
            rest.append(paragraph)
    return taken, rest


def read_clause(section, file):
    fields = read_fields(section, CLAUSE_FIELDS)
    notes, text = labelled(section, ["CPython", "Why", "Not built"])
    return {
        "id": section["id"],
        "title": section["title"],
        "file": file,
        "where": section["where"],
        "text": " ".join(text),
        "status": fields["status"],
        "follows": fields["follows"],
        "docs": words(fields["docs"]),
        "script": fields["script"],
        "deviations": words(fields["deviations"]),
        "members": words(fields["members"], ","),
        "cpython": notes.get("CPython"),
        "why": notes.get("Why"),
        "not_built": notes.get("Not built"),
    }


def read_deviation(section):
    fields = read_fields(section, DEVIATION_FIELDS)
    notes, _ = labelled(section, ["CPython", "Here", "Why"])
    if "Why" not in notes:
        wrong(section["where"], "has no reason")
    return {
        "id": section["id"],
        "title": section["title"],
        "where": section["where"],
        "state": fields["state"],
        "rule": fields["rule"],
        "clauses": words(fields["clauses"]),
    }


def read_members():
    """The rows of members.md: the documented name, versions, clauses, and C# members or what stands for them."""
    rows, subject = [], None
    for number, line in enumerate((HERE / "members.md").read_text(encoding="utf-8").splitlines(), 1):
        where = f"specs/clauses/members.md:{number}"
        if line.startswith("## "):
            subject = line[3:]
        elif subject and line.startswith("| `"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if len(cells) != 5:
                wrong(where, "a row has five cells")
                continue
            rows.append(
                {
                    "where": where,
                    "subject": subject,
                    "name": cells[0].strip("`"),
                    "docs": cells[1].split(),
                    "clauses": cells[2].split(),
                    "state": cells[3],
                    "members": re.findall(r"`([^`]+)`", cells[4]),
                    "note": cells[4],
                }
            )
    return rows


def check_clause(clause, clauses, deviations, vectors):
    where, status = clause["where"], clause["status"]
    if status not in STATUSES:
        wrong(where, f"no status {status}")
    if clause["follows"] not in FOLLOWS:
        wrong(where, f"follows nobody called {clause['follows']}")
    if not clause["text"]:
        wrong(where, "guarantees nothing")
    if [v for v in DOCS if v in clause["docs"]] != clause["docs"]:
        wrong(where, f"docs must be of {' '.join(DOCS)}, in this order")
    needs = {"deviates": "cpython", "planned": "not_built", "not-applicable": "why"}.get(status)
    if needs and not clause[needs]:
        wrong(where, f"is {status}, and has no paragraph {needs}")
    if status == "deviates" and (not clause["deviations"] or clause["follows"] not in ("neither", "documentation")):
        wrong(where, "deviates, so it must name a deviation, and follow documentation or neither")
    if status == "followed" and clause["follows"] not in ("both", "CPython"):
        wrong(where, "is followed, so it must follow both or CPython")
    if (status == "not-applicable") != (clause["follows"] == "none"):
        wrong(where, "follows none if it is not-applicable, and only then")
    if clause["follows"] in ("both", "documentation") and not clause["docs"] and status != "planned":
        wrong(where, "follows the documentation, so some version must state it")
    if clause["follows"] == "both" and not clause["docs"]:
        wrong(where, "follows both, so some version must state it")
    for deviation in clause["deviations"]:
        if clause["id"] not in deviations.get(deviation, {"clauses": []})["clauses"]:
            wrong(where, f"names {deviation}, which does not name it")
    script = clause["script"]
    if script.startswith("see "):
        if script[4:] not in clauses or clauses[script[4:]]["script"] != "yes":
            wrong(where, f"script: {script} leads nowhere")
    elif script not in ("yes", "no"):
        wrong(where, "script is yes, no, or see ID")
    if (script == "yes") != (clause["id"] in vectors):
        wrong(where, f"script: {script}, and {vectors[clause['id']]} vectors are named after it")


def check_deviation(deviation, clauses):
    if deviation["rule"] not in RULES.get(deviation["state"], []):
        wrong(deviation["where"], f"no rule {deviation['rule']} where the state is {deviation['state']}")
    if not deviation["clauses"]:
        wrong(deviation["where"], "touches no clause")
    for clause in deviation["clauses"]:
        if deviation["id"] not in clauses.get(clause, {"deviations": []})["deviations"]:
            wrong(deviation["where"], f"names {clause}, which does not name it")


def vector_counts():
    counts = collections.Counter()
    for path in sorted((SPECS / "vectors").glob("*.jsonl")):
        if path.name.startswith("random-"):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            counts[json.loads(line)["id"].partition("/")[0]] += 1
    return counts


def code_files():
    for top in ("src", "sim", "tests"):
        for path in sorted((ROOT / top).rglob("*.cs")):
            if not {"obj", "bin"} & set(path.parts):
                yield path


def check_ids_in_use(clauses, deviations, vectors):
    for clause in vectors:
        if clause not in clauses:
            wrong("specs/vectors", f"{clause} is no clause")
    others = [*SPECS.glob("*.md"), *SPECS.glob("oracle/*.py"), *ROOT.glob("*.md"), HERE / "members.md", *code_files()]
    for path in others:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for used in re.findall(rf"(?<![\w-])(?:{ID}|DEV-\d+)(?![\w-])", line):
                if used not in clauses and used not in deviations:
                    wrong(f"{path.relative_to(ROOT)}:{number}", f"{used} does not exist")
    for clause in clauses.values():
        for text in filter(None, (clause["text"], clause["cpython"], clause["why"], clause["not_built"])):
            for used in re.findall(rf"(?<![\w-])(?:{ID}|DEV-\d+)(?![\w-])", text):
                if used not in clauses and used not in deviations:
                    wrong(clause["where"], f"{used} does not exist")


def declared_members():
    """Each type in src with the names that are declared in its files. Good enough to catch a name that is gone."""
    types = collections.defaultdict(set)
    for path in (p for p in code_files() if p.is_relative_to(ROOT / "src")):
        text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        names = set(re.findall(r"\b([A-Z]\w*)\b", text))
        for name in re.findall(r"\b(?:class|struct|interface|enum|record struct|record)\s+([A-Z]\w*)", text):
            types[name] |= names
    return types


def check_members(named, types):
    for where, member in named:
        kind, _, name = member.partition(".")
        if kind not in types or (name and name not in types[kind]):
            wrong(where, f"the code has no {member}")


def main():
    clauses, deviations = {}, {}
    for file in FILES:
        for section in sections(HERE / file):
            if section["id"] in clauses:
                wrong(section["where"], f"{section['id']} stands twice")
            clauses[section["id"]] = read_clause(section, file)
    for section in sections(SPECS / "deviations.md"):
        if section["id"] in deviations:
            wrong(section["where"], f"{section['id']} stands twice")
        deviations[section["id"]] = read_deviation(section)
    rows = read_members()
    vectors = vector_counts()

    for clause in clauses.values():
        check_clause(clause, clauses, deviations, vectors)
    for deviation in deviations.values():
        check_deviation(deviation, clauses)
    check_ids_in_use(clauses, deviations, vectors)
    named = [(c["where"], m) for c in clauses.values() for m in c["members"]]
    named += [(r["where"], m) for r in rows for m in r["members"] if r["state"] in ("built", "differs", "partly")]
    check_members(named, declared_members())
    for row in rows:
        if row["state"] not in ("built", "differs", "partly", "planned", "none"):
            wrong(row["where"], f"no state {row['state']}")
        if not row["clauses"] or not set(row["docs"]) <= set(DOCS):
            wrong(row["where"], "a row has clauses, and versions of the documentation")
        if row["state"] in ("built", "differs", "partly") and not row["members"]:
            wrong(row["where"], f"is {row['state']}, and names no C# member")

    if "--json" in sys.argv[1:]:
        json.dump({"clauses": list(clauses.values()), "deviations": list(deviations.values()), "members": rows}, sys.stdout, indent=1)
        print()
    elif "--counts" in sys.argv[1:]:
        for file in FILES:
            counts = collections.Counter(c["status"] for c in clauses.values() if c["file"] == file)
            print(f"{file}: {sum(counts.values())} clauses: {', '.join(f'{n} {s}' for s, n in counts.most_common())}")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(clauses)} clauses, {len(deviations)} deviations, {len(rows)} documented members; {len(problems)} problems", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
