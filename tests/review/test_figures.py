"""The arithmetic of the dashboard."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from curriculum.review.figures import Spread, bars, median, percentile

DAYS = st.lists(st.integers(0, 500), min_size=1, max_size=60)


def test_by_hand():
    days = [1, 2, 2, 3, 4, 5, 6, 8, 9, 30]
    assert (median(days), percentile(days, 90), percentile(days, 50), percentile(days, 100)) == (4.5, 9, 4, 30)
    assert percentile([7], 90) == 7 and median([3, 1, 2]) == 2
    assert median([]) is None and percentile([], 90) is None
    assert Spread.of([]) == Spread(0, None, None)


@given(DAYS, st.integers(1, 100))
def test_a_percentile_really_happened_and_that_many_do_not_exceed_it(days, percent):
    value = percentile(days, percent)
    assert value in days
    assert sum(day <= value for day in days) * 100 >= percent * len(days)
    smaller = [day for day in days if day < value]
    assert len(smaller) * 100 < percent * len(days)


@given(DAYS, st.randoms())
def test_order_does_not_matter_and_the_median_is_not_above_the_ninetieth(days, chance):
    shuffled = list(days)
    chance.shuffle(shuffled)
    assert Spread.of(days) == Spread.of(shuffled)
    assert median(days) == statistics.median(days)
    assert min(days) <= median(days) <= max(days) and percentile(days, 90) <= max(days)


@given(st.lists(DAYS.map(Spread.of), max_size=4))
def test_bars_stay_in_the_picture_and_the_longest_fills_it(spreads):
    found = bars([("labor", spread) for spread in spreads])
    assert all(0 <= bar.until_ninetieth <= 100 and 0 <= bar.until_median <= 100 for bar in found)
    if any(spread.ninetieth for spread in spreads):
        assert max(bar.until_ninetieth for bar in found) == 100
    assert bars([("labor", Spread.of([]))])[0].until_median == 0
