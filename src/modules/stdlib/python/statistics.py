"""statistics: means and medians."""
import math


class StatisticsError(ValueError):
    pass


def _values(data, what):
    values = list(data)
    if not values:
        raise StatisticsError("%s requires at least one data point" % what)
    return values


def _quotient(total, count):
    """Integers that divide evenly stay integers."""
    if isinstance(total, int) and total % count == 0:
        return total // count
    return total / count


def mean(data):
    values = _values(data, "mean")
    exact = math.fsum(values) if any(isinstance(value, float) for value in values) else sum(values)
    return _quotient(exact, len(values))


def fmean(data, weights=None):
    values = _values(data, "fmean")
    if weights is None:
        return math.fsum(values) / len(values)
    weights = list(weights)
    return math.fsum([value * weight for value, weight in zip(values, weights)]) / math.fsum(weights)


def median(data):
    values = sorted(_values(data, "median"))
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def median_low(data):
    values = sorted(_values(data, "median"))
    return values[(len(values) - 1) // 2]


def median_high(data):
    values = sorted(_values(data, "median"))
    return values[len(values) // 2]


def multimode(data):
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def mode(data):
    return multimode(_values(data, "mode"))[0]


def _squares(data, least):
    values = list(data)
    if len(values) < least:
        raise StatisticsError("variance requires at least %d data points" % least)
    centre = mean(values)
    return sum((value - centre) ** 2 for value in values), len(values)


def variance(data, xbar=None):
    total, count = _squares(data, 2)
    return _quotient(total, count - 1)


def pvariance(data, mu=None):
    total, count = _squares(data, 1)
    return _quotient(total, count)


def stdev(data, xbar=None):
    return math.sqrt(variance(data))


def pstdev(data, mu=None):
    return math.sqrt(pvariance(data))
