"""The texts that a table is made from: O*NET and ESCO only."""

import csv
import json
from collections import defaultdict
from pathlib import Path


class Texts:
    def __init__(self, onet: Path, esco: Path):
        code = "O*NET-SOC Code"
        # title and description by code
        self.onet = {r[code]: (r["Title"], r["Description"]) for r in rows(onet / "Occupation Data.txt")}
        # code and text by task
        self.tasks = {r["Task ID"]: (r[code], r["Task"]) for r in rows(onet / "Task Statements.txt")}
        # tasks by detailed work activity
        self.activities = defaultdict(set)
        for r in rows(onet / "Tasks to DWAs.txt"):
            self.activities[r["DWA ID"]].add(r["Task ID"])
        # title, description, all skills, essential skills
        self.esco = sorted(
            (o["title"], o["desc"], sorted({*o["essential"], *o["optional"]}), sorted(o["essential"]))
            for o in json.loads(esco.read_text(encoding="utf-8"))
        )

    def all(self) -> list[str]:
        """Every text once, sorted."""
        texts = {text for pair in self.onet.values() for text in pair}
        texts |= {task for _, task in self.tasks.values()}
        for title, description, skills, _ in self.esco:
            texts |= {title, description, *skills}
        return sorted(text for text in texts if text.strip())


def rows(path: Path):
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
