"""Makes the two data sets of this folder: simulated learners, the same at every run.

complete.json: 30 learners, 8 questions, everybody has all of them.
drawn.json:    40 learners, each has 5 or 6 of 9 questions.

    python3 tests/statistics/learners.py

A cell is [earned thousandths, chosen option or null, certainty or null, seconds]; null where the draw left a question out.
"""

import json
import pathlib
import random

HERE = pathlib.Path(__file__).parent


def learner(rng, items, drawn):
    ability = rng.gauss(0.3, 1.0)
    row = []
    for place, item in enumerate(items):
        if place not in drawn:
            row.append(None)
            continue
        knows = ability - item["difficulty"] + rng.gauss(0, 0.8)
        if item["fools"] and ability > 0.2 and rng.random() < 0.7:
            knows = -1.0
        if item["options"]:
            if rng.random() < 0.04:
                chosen, earned = None, 0
            else:
                wrong = 1 if item["fools"] and ability > 0.2 else rng.randrange(1, item["options"])
                chosen = 0 if knows > 0 else wrong
                earned = item["possible"] if chosen == 0 else 0
        else:
            chosen = None
            earned = round(item["possible"] * max(0, min(3, round(1.5 + knows))) / 3)
        sure = ["guessing", "fairly", "sure"][max(0, min(2, round(1 + knows / 1.5 + rng.gauss(0, 0.5))))]
        row.append([earned, chosen, sure if rng.random() < 0.9 else None, rng.randrange(8, 120)])
    return row


def data(seed, learners, items, draw):
    rng = random.Random(seed)
    rows = []
    for number in range(learners):
        drawn = set(rng.sample(range(len(items)), draw[number % len(draw)]))
        rows.append(learner(rng, items, drawn))
    return {"items": [{"possible": i["possible"], "options": i["options"]} for i in items], "rows": rows}


def item(possible, options, difficulty, fools=False):
    return {"possible": possible, "options": options, "difficulty": difficulty, "fools": fools}


ITEMS = [
    item(1000, 4, -0.5), item(1000, 3, 0.0), item(2000, 0, 0.3), item(1000, 2, -2.5),
    item(1000, 4, 0.2, fools=True), item(3000, 0, -0.2), item(1000, 5, 1.5), item(2000, 4, 0.4),
    item(1000, 3, -0.1),
]

if __name__ == "__main__":
    for name, made in [("complete", data(1951, 30, ITEMS[:8], [8])), ("drawn", data(2007, 40, ITEMS, [5, 5, 6]))]:
        rows = ",\n".join("  " + json.dumps(row) for row in made["rows"])
        items = json.dumps(made["items"])
        (HERE / f"{name}.json").write_text(f'{{"items": {items},\n "rows": [\n{rows}\n]}}\n')
