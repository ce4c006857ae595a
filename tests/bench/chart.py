"""The results as a picture: for each row, everybody's figure as a multiple of yos's."""

from typing import List

from report import Result

COLOURS = {
    "limit": "#888888", "asio": "#1f77b4", "fiber": "#8c564b", "libuv": "#9467bd", "go": "#00add8",
    "tokio": "#d95f02", "asyncio": "#bcbd22", "uvloop": "#8c8d00", "pyos8": "#e6ab02", "nginx": "#009639",
    "~libcoro": "#e7298a", "~photon": "#7570b3", "~cppcoro": "#66a61e",
}


def points_of(result: Result) -> dict:
    ours = result.median_of(result.row.ours)
    peers = result.peers()
    figures = {"limit": result.median_of(result.row.limit), **peers} if peers else {}
    return {name: value / ours for name, value in figures.items() if value and ours}


def label_of(name: str) -> str:
    return name[1:] + "*" if name.startswith("~") else name


def draw(results: List[Result], path: str) -> None:
    """Writes an SVG file. Raises ImportError where matplotlib is missing."""
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "yos", "font.size": 9, "font.family": "sans-serif"})
    from matplotlib import pyplot

    shown = [result for result in results if points_of(result)]
    if not shown:
        return
    figure, axes = pyplot.subplots(figsize=(9, 1.6 + 0.3 * len(shown)))
    axes.axvline(1, color="#d62728", linewidth=2, label="yos", zorder=1)
    labelled = set()
    for height, result in enumerate(reversed(shown)):
        axes.axhline(height, color="#eeeeee", zorder=0)
        for name, multiple in points_of(result).items():
            axes.scatter(multiple, height, s=34, zorder=2,
                         label=None if name in labelled else label_of(name),
                         marker="|" if name == "limit" else "o", color=COLOURS.get(name, "black"))
            labelled.add(name)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}x")
    axes.set_yticks(range(len(shown)), [result.row.work for result in reversed(shown)])
    axes.set_ylim(-0.7, len(shown) - 0.3)
    axes.set_xlabel("time or memory, as a multiple of what yos takes: who is on the right takes "
                    "more\n(* measured once, by its ratio to Asio)")
    axes.legend(loc="upper center", bbox_to_anchor=(0.4, -2.3 / len(shown)), ncol=7, frameon=False)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
