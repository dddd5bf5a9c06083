"""Tables in Markdown and the figures in them."""

import pytest

from benchmarks.tables import Bar, bars_table, percentile, ratios, table


def test_a_table_has_a_line_a_row_and_one_decimal():
    assert table(("query", "ms"), [("`a | b`", 1.26), ("c", 12)]) == (
        "| query | ms |\n| --- | ---: |\n| `a \\| b` | 1.3 |\n| c | 12 |"
    )


def test_bars_say_whether_they_are_met():
    lines = bars_table([Bar("page", 0.61, 0.6), Bar("page", 0.6, 0.6), Bar("nDCG", 0.9, 1, is_least=True)]).splitlines()
    assert lines[2:] == [
        "| page | 0.61 | at most 0.6 | **no** |",
        "| page | 0.60 | at most 0.6 | yes |",
        "| nDCG | 0.90 | at least 1 | **no** |",
    ]


def test_a_bar_missed_by_little_is_missed():
    assert "| 0.602 | at most 0.6 | **no** |" in bars_table([Bar("page", 0.602, 0.6)])


def test_percentiles_are_values_that_were_measured():
    values = [float(number) for number in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile(values, 0.99)) == (50, 95, 99)
    assert percentile([3.0], 0.95) == 3


def test_ratios_are_taken_query_by_query():
    mean, worst = ratios([1.0, 8.0], [2.0, 4.0])
    assert (mean, worst) == (pytest.approx(1), 2)
