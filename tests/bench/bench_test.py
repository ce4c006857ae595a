"""What the bench says about the samples that it has: its verdicts, and its table."""

import json
import math
import unittest

from report import Result, as_json, figure, table_of
from rows import ROWS, Row, absolute, alone, best_peer, limit
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
        document = json.loads(as_json([Result(row, {"yos": [5.0], "raw": [4.0]})], ["a note"]))
        self.assertEqual(document["rows"][0]["samples"], {"yos": [5.0], "raw": [4.0]})
        self.assertEqual(document["rows"][0]["reached"], MET)
        self.assertEqual(document["notes"], ["a note"])

    def test_rows_have_names_of_their_own_and_those_they_refer_to_exist(self):
        names = [row.name for row in ROWS]
        self.assertEqual(len(names), len(set(names)))
        self.assertTrue(all(row.group in names for row in ROWS))


if __name__ == "__main__":
    unittest.main()
