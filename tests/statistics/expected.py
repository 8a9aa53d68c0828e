"""The expected figures of the data sets in this folder, from the formulas in docs/statistics.md.

Plain Python, the textbook way and the slow way, and without a look at the Rust code: averages are taken over pairs of
questions one by one, guessing is tried out answer by answer. Where everybody has every question, the results are
compared with the formulas of Moodle's quiz statistics once more.

    python3 tests/statistics/expected.py          writes expected.json
    python3 tests/statistics/expected.py --check  fails when expected.json says something else
"""

import itertools
import json
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).parent


def mean(values):
    return math.fsum(values) / len(values) if values else None


def covariance(left, right):
    if len(left) < 2:
        return None
    a, b = mean(left), mean(right)
    return math.fsum((x - a) * (y - b) for x, y in zip(left, right)) / (len(left) - 1)


def deviation(values):
    return math.sqrt(covariance(values, values)) if len(values) > 1 else None


def correlation(left, right):
    spread = (deviation(left) or 0) * (deviation(right) or 0)
    return covariance(left, right) / spread if spread > 1e-12 else None


def median(values):
    values = sorted(values)
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def figures(data):
    items, rows = data["items"], data["rows"]
    places = range(len(items))
    learners = range(len(rows))
    has = [[i for i in learners if rows[i][j]] for j in places]
    mark = lambda i, j: rows[i][j][0]
    average = [mean([mark(i, j) for i in has[j]]) for j in places]
    mine = [[j for j in places if rows[i][j]] for i in learners]
    possible = [sum(items[j]["possible"] for j in mine[i]) for i in learners]
    score = [sum(mark(i, j) for j in mine[i]) / possible[i] for i in learners]

    def rest(i, j):
        """Points above or below the average in i's other questions, as a share of what those could have earned."""
        others = [k for k in mine[i] if k != j]
        above = math.fsum(mark(i, k) - average[k] for k in others)
        return above / sum(items[k]["possible"] for k in others)

    def total(i):
        return math.fsum(mark(i, k) - average[k] for k in mine[i])

    # Cronbach's alpha from the mean variance and the mean covariance, pair by pair. A learner of D questions has D
    # variances and D (D - 1) / 2 pairs; each pair weighs 2 / (D - 1), so that the learner weighs D in both.
    squares = [(mark(i, j) - average[j]) ** 2 for j in places for i in has[j]]
    products, weights = [], []
    for j, k in itertools.combinations(places, 2):
        for i in learners:
            if rows[i][j] and rows[i][k]:
                weights.append(2 / (len(mine[i]) - 1))
                products.append((mark(i, j) - average[j]) * (mark(i, k) - average[k]) * weights[-1])
    questions = mean([len(own) for own in mine])
    v, c = mean(squares), math.fsum(products) / math.fsum(weights)
    alpha = questions * c / (v + (questions - 1) * c)

    pulls = [covariance([mark(i, j) for i in has[j]], [total(i) for i in has[j]]) for j in places]
    roots = [math.sqrt(pull) if pull >= 0 else None for pull in pulls]
    all_roots = math.fsum(root * len(has[j]) / len(rows) for j, root in enumerate(roots) if root is not None)

    out = []
    for j in places:
        whole = items[j]["possible"]
        shares = [mark(i, j) / whole for i in has[j]]
        rests = [rest(i, j) for i in has[j]]
        most = covariance(sorted(shares), sorted(rests))
        choices = []
        for option in range(items[j]["options"]):
            chose = [1.0 if rows[i][j][1] == option else 0.0 for i in has[j]]
            with_it = [r for r, yes in zip(rests, chose) if yes]
            choices.append(
                {"count": len(with_it), "mean_rest": mean(with_it), "correlation": correlation(chose, rests)}
            )
        levels = []
        for level in ("sure", "fairly", "guessing"):
            said = [s for s, i in zip(shares, has[j]) if rows[i][j][2] == level]
            levels.append({"count": len(said), "facility": mean(said)})
        marks = [mark(i, j) for i in has[j]]
        out.append(
            {
                "attempts": len(has[j]),
                "facility": mean(shares),
                "deviation": deviation(shares),
                "intended_weight": whole / mean(possible),
                "effective_weight": None if roots[j] is None else roots[j] / all_roots,
                "discrimination": correlation(shares, rests),
                "efficiency": covariance(shares, rests) / most if most > 1e-10 else None,
                "apart": len(marks) - max(marks.count(m) for m in marks),
                "choices": choices,
                "left_open": sum(1 for i in has[j] if rows[i][j][1] is None) if items[j]["options"] else 0,
                "median_seconds": median([rows[i][j][3] for i in has[j]]),
                "calibration": levels,
                "certainty_unsaid": sum(1 for i in has[j] if rows[i][j][2] is None),
                "sure_and_wrong": sum(
                    1 for s, i in zip(shares, has[j]) if rows[i][j][2] == "sure" and s < 0.5
                ),
            }
        )
    ratio = math.sqrt(max(0.0, 1 - alpha))
    return {
        "attempts": len(rows),
        "questions": questions,
        "mean": mean(score),
        "median": median(score),
        "deviation": deviation(score),
        "alpha": alpha,
        "error_ratio": ratio,
        "standard_error": ratio * deviation(score),
        "items": out,
    }


def moodle(data):
    """The same from Moodle's formulas (mod/quiz/report/statistics), which need a table without gaps."""
    rows, items = data["rows"], data["items"]
    marks = [[cell[0] for cell in row] for row in rows]
    sums = [sum(row) for row in marks]
    p = len(items)
    variances = [covariance(column, column) for column in zip(*marks)]
    cic = p / (p - 1) * (1 - sum(variances) / covariance(sums, sums))
    columns = list(zip(*marks))
    discrimination, efficiency, with_overall = [], [], []
    for column in columns:
        other = [s - x for s, x in zip(sums, column)]
        discrimination.append(correlation(column, other))
        efficiency.append(covariance(column, other) / covariance(sorted(column), sorted(other)))
        with_overall.append(covariance(column, sums))
    roots = sum(math.sqrt(c) for c in with_overall if c >= 0)
    weights = [math.sqrt(c) / roots if c >= 0 else None for c in with_overall]
    return cic, discrimination, efficiency, weights


def compare(expected, data):
    cic, discrimination, efficiency, weights = moodle(data)
    pairs = [(expected["alpha"], cic)]
    for item, d, e, w in zip(expected["items"], discrimination, efficiency, weights):
        pairs += [(item["discrimination"], d), (item["efficiency"], e), (item["effective_weight"], w)]
    for ours, theirs in pairs:
        assert (ours is None) == (theirs is None), (ours, theirs)
        assert ours is None or abs(ours - theirs) < 1e-12, (ours, theirs)


def main():
    expected = {}
    for name in ("complete", "drawn"):
        data = json.loads((HERE / f"{name}.json").read_text())
        expected[name] = figures(data)
        if name == "complete":
            compare(expected[name], data)
    text = json.dumps(expected, indent=1) + "\n"
    if sys.argv[1:] == ["--check"]:
        if (HERE / "expected.json").read_text() != text:
            sys.exit("expected.json is not what the formulas give")
    else:
        (HERE / "expected.json").write_text(text)


if __name__ == "__main__":
    main()
