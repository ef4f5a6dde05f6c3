"""The normal distribution against the error function of Python's own library, far into both tails."""

from __future__ import annotations

from math import erfc, exp, inf, nan, pi, sqrt

import numpy as np

from grader.engine.layers.normal_distribution import cdf, density

NEAR = np.linspace(-2, 2, 4001)
FAR = np.linspace(-35, 35, 7001)


def test_relative_to_the_true_value() -> None:
    """A few units in the last place near 0; far out Python's own argument x / sqrt(2) is rounded."""
    for x, tolerance in ((NEAR, 2e-15), (FAR, 4e-13)):
        expected = [erfc(-one / sqrt(2)) / 2 for one in x.tolist()]
        np.testing.assert_allclose(cdf(np, x), expected, rtol=tolerance)
        expected = [exp(-one * one / 2) / sqrt(2 * pi) for one in x.tolist()]
        np.testing.assert_allclose(density(np, x), expected, rtol=tolerance)


def test_known_values_to_the_last_digits() -> None:
    """From the tables: the tails beyond 1, 6 and 30."""
    known = [0.15865525393145705142, 9.8658764503769814070e-10, 4.9067139271481870595e-198]
    np.testing.assert_allclose(cdf(np, np.asarray([-1.0, -6.0, -30.0])), known, rtol=2e-15)


def test_both_ways_meet() -> None:
    """At 1 the series ends and the quadrature begins."""
    below, above = np.nextafter(1.0, 0), 1.0
    np.testing.assert_allclose(cdf(np, np.asarray([below, -below])), cdf(np, np.asarray([above, -above])), rtol=1e-15)


def test_the_ends() -> None:
    """Nothing below -inf, all below inf, and NaN for NaN."""
    found = cdf(np, np.asarray([-inf, -50.0, 0.0, 50.0, inf, nan]))
    assert found[:5].tolist() == [0, 0, 0.5, 1, 1]
    assert np.isnan(found[5])
