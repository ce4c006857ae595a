"""The results as a picture, of one panel for each row: see panels.py.

Usage: chart.py RESULTS.json CHART.svg draws results once more that were kept.
"""

import json
import sys
from typing import List, Tuple

from panels import ALONE, LIMIT, OURS, PEER, Panel, panel_of
from report import Result, results_in

COLOURS = {OURS: "#d62728", ALONE: "#f2b0b0", LIMIT: "white", PEER: "#b8b8b8"}
TARGET = "#1f4e9c"

# All in points; 675 of them are the 900 pixels that a page shows.
WIDTH = 675
COLUMNS = 3
GAP = 18
NAMES = 84  # the width of the names and figures before the bars
LINE = 11  # from one bar, or line of text, to the next
BAR = 7
SIZE = 7.5
PANEL = (WIDTH - GAP * (COLUMNS - 1)) // COLUMNS
LENGTH = PANEL - NAMES - 4  # of the longest bar

Spans = List[Tuple[float, float]]


class Sheet:
    """Where things are put, in points from the left and from the top."""

    def __init__(self, pyplot, height: int) -> None:
        self.figure = pyplot.figure(figsize=(WIDTH / 72, height / 72), facecolor="white")
        self.axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self.axes.axis("off")

    def text(self, x: float, y: float, text: str, **style) -> None:
        self.axes.text(x, y, text, **{"fontsize": SIZE, "va": "baseline", **style})

    def bars(self, boxes: List[Tuple[float, float, float]], kind: str) -> None:
        """A box is its left, top and right. All are one path, which keeps the file small."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path
        corners = [(x, y) for left, top, right in boxes for x, y in (
            (left, top), (right, top), (right, top + BAR), (left, top + BAR), (left, top))]
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(boxes)
        limit = kind == LIMIT
        self.axes.add_patch(PathPatch(
            Path(corners, codes), facecolor=COLOURS[kind], edgecolor="#555555",
            linewidth=0.5 if limit else 0, hatch="//////" if limit else None, clip_on=False))

    def line(self, x: float, top: float, bottom: float) -> None:
        self.axes.plot([x, x], [top, bottom], color=TARGET, linewidth=1, clip_on=False)


def spans_of(length: float) -> Spans:
    """From where to where a bar goes, in points; one that is cut has a gap before its end."""
    if length > 1:
        return [(0, LENGTH - 8), (LENGTH - 5, LENGTH)]
    return [(0, max(round(length * LENGTH, 1), 0.5))]


def height_of(panels: List[Panel]) -> int:
    return LINE * max(len(panel.title) + len(panel.bars) for panel in panels) + GAP


def draw_panel(sheet: Sheet, panel: Panel, left: int, top: int) -> None:
    for number, line in enumerate(panel.title):
        sheet.text(left, top + LINE * number + BAR, line, weight="bold")
    top += LINE * len(panel.title) + 2
    start = left + NAMES
    boxes = {}
    for number, bar in enumerate(panel.bars):
        y = top + LINE * number
        weight = "bold" if bar.kind == OURS else "normal"
        sheet.text(start - 4, y + BAR - 1, bar.label, ha="right", weight=weight)
        boxes.setdefault(bar.kind, []).extend(
            (start + begin, y, start + end) for begin, end in spans_of(panel.length_of(bar.value)))
    for kind, of_kind in boxes.items():
        sheet.bars(of_kind, kind)
    for target in panel.targets:
        x = start + round(panel.length_of(target) * LENGTH, 1)
        sheet.line(x, top - 2, top + LINE * len(panel.bars) - 2)


def draw_legend(sheet: Sheet, left_out: List[str]) -> int:
    """Tells how far down it reaches."""
    entries = [(0, OURS, "yos"), (65, LIMIT, "limit: raw handles or loops"), (215, PEER, "peers"),
               (285, ALONE, "yos alone, without the crowd")]
    for left, kind, text in entries:
        sheet.bars([(left, 4, left + 20)], kind)
        sheet.text(left + 24, 10, text)
    sheet.line(450, 2, 13)
    sheet.text(458, 10, "target: yos takes at most this")
    remarks = ["Shorter is better. A bar with a gap goes on. "
               "* measured once elsewhere: stands by its ratio to Asio."]
    if left_out:
        remarks.append("Left out, since they could not be had: " + ", ".join(left_out) + ".")
    for number, remark in enumerate(remarks):
        sheet.text(0, 24 + LINE * number, remark, color="#555555")
    return 24 + LINE * len(remarks) + GAP // 2


def draw(results: List[Result], left_out: List[str], path: str) -> None:
    """Writes an SVG file. Raises ImportError where matplotlib is missing."""
    import matplotlib
    matplotlib.use("svg")
    # Text as text, in whatever sans-serif font the reader has.
    matplotlib.rcParams.update({"svg.hashsalt": "yos", "svg.fonttype": "none",
                                "hatch.linewidth": 0.5, "font.sans-serif": ["DejaVu Sans"]})
    from matplotlib import pyplot

    panels = [panel_of(result) for result in results]
    lines = [panels[i:i + COLUMNS] for i in range(0, len(panels), COLUMNS)]
    legend = 24 + LINE * 2 + GAP
    sheet = Sheet(pyplot, legend + sum(map(height_of, lines)))
    top = draw_legend(sheet, left_out)
    for line in lines:
        for number, panel in enumerate(line):
            draw_panel(sheet, panel, number * (PANEL + GAP), top)
        top += height_of(line)
    sheet.figure.savefig(path, metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    pyplot.close(sheet.figure)


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    draw(results_in(document), list(document.get("left_out", {})), sys.argv[2])


if __name__ == "__main__":
    main()
