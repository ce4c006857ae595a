"""What the bench says about the samples that it has: its verdicts, and its table."""

import html
import importlib.util
import json
import math
import os
import sys
import tempfile
import unittest
import unittest.mock

import bench
import chart
import contenders
from panels import ALONE, LIMIT, OURS, PEER, panel_of
from report import Result, as_json, figure, remarks, results_in, table_of
from rows import ROWS, Row, Target, absolute, alone, best_peer, limit
from verdict import (MET, MISSED, NOISY, NOT_MEASURED, best_peer_of, median, ratios, verdict_on,
                     with_peers_measured_once)


class Verdicts(unittest.TestCase):
    def test_a_target_is_met_when_the_middle_half_of_the_samples_is_within_it(self):
        self.assertEqual(verdict_on([1.0, 2.0, 2.1, 2.2, 9.0], at_most=2.2), MET)

    def test_a_target_is_missed_when_the_middle_half_is_beyond_it(self):
        self.assertEqual(verdict_on([1.0, 2.6, 2.7, 2.8, 2.9], at_most=2.5), MISSED)

    def test_when_the_middle_half_is_on_both_sides_nobody_can_tell(self):
        self.assertEqual(verdict_on([2.0, 2.2, 2.4, 2.6, 2.8], at_most=2.5), NOISY)

    def test_a_single_sample_may_be_a_little_off(self):
        self.assertEqual(verdict_on([2.0], at_most=2.5), MET)
        self.assertEqual(verdict_on([2.45], at_most=2.5), NOISY)
        self.assertEqual(verdict_on([3.0], at_most=2.5), MISSED)

    def test_without_samples_there_is_no_verdict(self):
        self.assertEqual(verdict_on([], at_most=1), NOT_MEASURED)

    def test_ratios_are_taken_within_a_round_and_rounds_that_failed_are_left_out(self):
        self.assertEqual(ratios([2.0, math.nan, 9.0], [1.0, 1.0, 3.0]), [2.0, 3.0])

    def test_the_median_leaves_out_what_failed(self):
        self.assertEqual(median([3.0, math.nan, 1.0]), 2.0)
        self.assertIsNone(median([math.nan]))


class Peers(unittest.TestCase):
    def test_a_peer_measured_once_keeps_its_ratio_to_asio(self):
        row = Row("r", "work", "ns", once={"asio": 100, "libcoro": 25})
        self.assertEqual(with_peers_measured_once(row, {"asio": [80.0]})["~libcoro"], [20.0])

    def test_without_asio_there_is_nothing_to_tell_of_it(self):
        row = Row("r", "work", "ns", once={"asio": 100, "libcoro": 25})
        self.assertEqual(with_peers_measured_once(row, {"go": [80.0]}), {"go": [80.0]})

    def test_the_limit_and_yos_itself_are_not_peers(self):
        samples = {"yos": [1.0], "raw": [0.5], "go": [3.0], "asio": [2.0], "alone": [0.1]}
        self.assertEqual(best_peer_of(samples), "asio")


class Results(unittest.TestCase):
    def result(self, *targets, **samples):
        return Result(Row("r", "work", "ns", list(targets)), samples)

    def test_a_row_is_as_good_as_its_worst_target(self):
        result = self.result(limit(2), best_peer(0.5), yos=[3.0], raw=[2.0], go=[4.0])
        self.assertEqual([found.verdict for found in result.judgements], [MET, MISSED])
        self.assertEqual(result.verdict, MISSED)

    def test_a_row_whose_peers_are_missing_is_not_met(self):
        result = self.result(best_peer(0.5), yos=[3.0], raw=[2.0])
        self.assertEqual(result.verdict, NOT_MEASURED)

    def test_a_figure_can_be_a_target_by_itself(self):
        self.assertEqual(self.result(absolute(184), yos=[160.0]).verdict, MET)

    def test_a_row_without_targets_has_no_verdict(self):
        self.assertEqual(self.result(yos=[1.0]).verdict, "")

    def test_growth_is_against_the_same_work_alone(self):
        self.assertEqual(self.result(alone(1.1), yos=[10.0], alone=[9.9]).verdict, MET)

    def test_the_other_backend_is_judged_by_samples_of_its_own(self):
        row = Row("r", "work", "ns", [limit(1.1)], ours="yos uring", limit="raw uring")
        samples = {"yos": [9.0], "raw": [1.0], "yos uring": [4.0], "raw uring": [4.0]}
        self.assertEqual(Result(row, samples).verdict, MET)


class Reports(unittest.TestCase):
    def test_three_digits_of_a_figure_count(self):
        self.assertEqual([figure(value) for value in (1.234, 12.34, 123.4, None)],
                         ["1.23", "12.3", "123", ""])

    def test_the_table_has_a_column_for_each_peer_that_was_measured(self):
        row = Row("r", "the work", "ns", [limit(2.5)])
        table = str(table_of([Result(row, {"yos": [5.0], "raw": [4.0], "go": [20.0]})]))
        self.assertEqual(table.splitlines()[0].split(),
                         ["work", "yos", "limit", "go", "x", "limit", "x", "best", "target:", "at",
                          "most", "reached"])
        self.assertEqual(table.splitlines()[2].split(),
                         ["the", "work", "ns", "5.00", "4.00", "20.0", "1.25", "0.25", "2.5", "x",
                          "limit", "met"])

    def test_the_json_has_every_sample(self):
        row = Row("r", "work", "ns", [limit(2.5)])
        results = [Result(row, {"yos": [5.0], "raw": [4.0]})]
        document = json.loads(as_json(results, ["a note"], {"go": "why"}))
        self.assertEqual(document["rows"][0]["samples"], {"yos": [5.0], "raw": [4.0]})
        self.assertEqual(document["rows"][0]["reached"], MET)
        self.assertEqual(document["notes"], ["a note"])
        self.assertEqual(document["left_out"], {"go": "why"})

    def test_results_that_were_kept_are_the_same_when_they_are_read(self):
        row = next(row for row in ROWS if row.name == "yield-2")
        samples = {"yos": [5.0, math.nan], "asio": [50.0, 60.0]}
        text = as_json([Result(row, samples)], [], {})
        self.assertEqual(as_json(results_in(json.loads(text)), [], {}), text)

    def test_who_is_left_out_is_named_with_the_reason(self):
        self.assertEqual(remarks(["slow"], {"nginx's HTTP server": "nginx is not installed"}),
                         "left out: nginx's HTTP server: nginx is not installed\nnote: slow\n")

    def test_a_row_is_named_for_the_idle_connections_that_there_were(self):
        for name in ("echo-idle", "idle-memory"):
            row = next(row for row in ROWS if row.name == name)
            samples = {"yos": [5.0, 5.0], "yos idle": [100_000, math.nan, 18_500.0],
                       "raw idle": [100_000]}
            self.assertIn(" 18,500 idle ", Result(row, samples).row.work)

    def test_connections_are_no_contender(self):
        row = Row("r", "beside {idle}", "ns")
        self.assertEqual(Result(row, {"yos": [5.0], "yos idle": [7], "raw idle": [7]}).peers(), {})

    def test_rows_have_names_of_their_own_and_those_they_refer_to_exist(self):
        names = [row.name for row in ROWS]
        self.assertEqual(len(names), len(set(names)))
        self.assertTrue(all(row.group in names for row in ROWS))


class WhoIsThere(unittest.TestCase):
    def left_out_of(self, make):
        left_out = {}
        self.there = make(left_out.__setitem__)
        return left_out

    def test_programs_that_were_not_built_are_left_out_by_name(self):
        with tempfile.TemporaryDirectory() as build:
            left_out = self.left_out_of(lambda leave_out: contenders.programs(build, leave_out))
        self.assertEqual(left_out["fiber's benchmarks"],
                         "fiber_bench is not installed, or could not be built")
        self.assertEqual(set(self.there), {"asyncio", "pyos8"})

    def test_a_server_that_does_not_start_is_left_out_with_what_it_said(self):
        complaining = contenders.Server(
            sys.executable, "-c", "import sys; sys.exit('No module named uvloop')")
        servers = {"uvloop": complaining, "libuv": contenders.Server("/no/such/echo_uv")}
        left_out = self.left_out_of(
            lambda leave_out: contenders.running("echo server", servers, leave_out))
        self.assertEqual(left_out, {
            "uvloop's echo server": "No module named uvloop",
            "libuv's echo server": "echo_uv is not installed, or could not be built"})

    def test_nginx_that_was_taken_out_of_its_package_is_found(self):
        with tempfile.TemporaryDirectory() as build, unittest.mock.patch.object(
                contenders.shutil, "which", lambda _, path: path.split(":")[-1] + "/nginx"):
            self.assertEqual(contenders.Nginx(build).command, [build + "/nginx/usr/sbin/nginx"])


class Descriptors(unittest.TestCase):
    """The limit that was asked for of a host whose hard limit is 20,000."""

    def limit(self, wanted, hard_may_be):
        def setrlimit(_which, limits):
            if limits[1] > hard_may_be:
                raise ValueError("not allowed to raise maximum limit")

        with unittest.mock.patch.multiple(
                bench.resource, getrlimit=lambda _: (1024, 20_000), setrlimit=setrlimit):
            return bench.raise_descriptor_limit(wanted)

    def test_root_raises_the_hard_limit(self):
        self.assertEqual(self.limit(25_000, hard_may_be=25_000), 25_000)

    def test_who_may_not_raise_it_gets_all_that_it_allows(self):
        self.assertEqual(self.limit(25_000, hard_may_be=20_000), 20_000)

    def test_it_is_never_lowered(self):
        self.assertEqual(self.limit(5_000, hard_may_be=20_000), 20_000)

    def test_nobody_may_have_more_than_the_host_lets_anybody_have(self):
        with open("/proc/sys/fs/nr_open", encoding="utf-8") as file:
            most = int(file.read())
        self.assertEqual(self.limit(most + 1, hard_may_be=most), most)


class Panels(unittest.TestCase):
    ROW = Row("r", "the work", "ns", [best_peer(0.5), absolute(9)],
              once={"asio": 20, "libcoro": 10})
    RESULT = Result(ROW, {"yos": [6.0], "raw": [2.0], "alone": [5.0], "asio": [40.0],
                          "go": [300.0]})

    def test_ours_is_the_first_of_the_bars_then_the_limit_then_the_peers_from_the_best_on(self):
        self.assertEqual([(bar.kind, bar.label) for bar in panel_of(self.RESULT).bars],
                         [(OURS, "yos  6.00"), (LIMIT, "raw limit  2.00"), (PEER, "libcoro*  20.0"),
                          (PEER, "asio  40.0"), (PEER, "go  300")])

    def test_each_target_has_a_line_at_what_ours_may_be_at_most(self):
        self.assertEqual(panel_of(self.RESULT).targets, [10.0, 9])

    def test_a_target_whose_peer_is_missing_has_no_line(self):
        row = Row("r", "work", "ns", [Target("nginx", 0.8)])
        self.assertEqual(panel_of(Result(row, {"yos": [6.0]})).targets, [])

    def test_bars_are_cut_that_would_make_ours_too_short_to_see(self):
        panel = panel_of(self.RESULT)
        self.assertEqual([bar.name for bar in panel.bars if panel.length_of(bar.value) > 1], ["go"])

    def test_growth_is_beside_the_same_work_alone(self):
        row = Row("r", "work", "ns", [alone(1.1)])
        panel = panel_of(Result(row, {"yos": [6.0], "alone": [5.0]}))
        self.assertEqual([bar.kind for bar in panel.bars], [OURS, ALONE])

    def test_each_row_has_a_panel_that_says_what_is_measured_in_which_unit(self):
        for row in ROWS:
            panel = panel_of(Result(row, {row.ours: [6.0], "yos idle": [7]}))
            title = " ".join(panel.title)
            self.assertEqual(title, f"{row.beside(7).work}, {row.unit}")
            self.assertEqual(panel.bars[0].kind, OURS)

    @unittest.skipUnless(importlib.util.find_spec("matplotlib"), "matplotlib is missing")
    def test_the_chart_has_each_row_and_names_who_is_left_out(self):
        results = [Result(row, {row.ours: [6.0], "yos idle": [7], "asio": [9.0]}) for row in ROWS]
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "chart.svg")
            chart.draw(results, ["nginx's HTTP server"], path)
            with open(path, encoding="utf-8") as file:
                picture = html.unescape(file.read())
        self.assertIn("nginx's HTTP server", picture)
        for result in results:
            for line in panel_of(result).title:
                self.assertIn(f">{line}</text>", picture)


if __name__ == "__main__":
    unittest.main()
