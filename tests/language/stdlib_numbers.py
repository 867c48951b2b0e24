# decimal, math, random and bisect.
import bisect
import math
import random
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, DivisionByZero, InvalidOperation, localcontext


def fails(kind, call, *args):
    try:
        call(*args)
    except kind:
        return
    raise AssertionError(f"{kind.__name__} expected")


D = Decimal
for text in ["0", "1.10", "-0.00", "1E+5", "1E-7", "0.000001", "123456789012345678901234567890.5", "NaN", "-Infinity"]:
    assert str(D(text)) == text and repr(D(text)) == f"Decimal('{text}')", text
assert D("0.1") + D("0.2") == D("0.3") and D("1.1") * D("1.1") == D("1.21") and D("7") / 2 == D("3.5")
assert str(D(1) / D(3)) == "0.3333333333333333333333333333" and str(D("1.20") + 1) == "2.20" and D("7") // 2 == 3
assert D("-7") % 3 == -1 and -D("1.5") == D("-1.5") and abs(D("-2")) == 2 and D(2) ** 10 == 1024 and D(2) ** -1 == D("0.5")
assert D("1.0") == 1 and D("0.5") == 0.5 and D("0.1") != 0.1 and D("1.5") > 1 and {D("1.0"): "x"}[1] == "x"
assert D("2.675").quantize(D("0.01"), ROUND_HALF_UP) == D("2.68") and D("2.5").quantize(D("1")) == 2
assert D("-2.1").quantize(D("1"), ROUND_UP) == -3 and D("9.99").quantize(D("0.1"), ROUND_DOWN) == D("9.9")
assert str(D("100").normalize()) == "1E+2" and D("1.25").as_tuple().digits == (1, 2, 5) and int(D("-3.9")) == -3
assert f"{D('1234567.891'):,.2f}" == "1,234,567.89" and f"{D('0.125'):.1%}" == "12.5%" and f"{D('5'):>6}" == "     5"
assert round(D("2.5")) == 2 and str(round(D("2.345"), 2)) == "2.34" and float(D("0.1")) == 0.1 and D(0.5) == D("0.5")
assert sum([D("1.1"), D("2.2")]) == D("3.3") and max(D(1), D(2)) == 2 and D("2").sqrt() == D("1.414213562373095048801688724")
with localcontext() as context:
    context.prec = 4
    assert str(D(2) / D(3)) == "0.6667"
fails(DivisionByZero, lambda: D(1) / D(0))
fails(ZeroDivisionError, lambda: D(1) / 0)
fails(InvalidOperation, D, "x")
fails(TypeError, lambda: D(1) + 1.5)

assert math.floor(-1.5) == -2 and math.ceil(1.2) == 2 and math.trunc(-1.7) == -1 and math.sqrt(9) == 3.0
assert math.gcd(12, 18) == 6 and math.factorial(20) == 2432902008176640000 and math.comb(5, 2) == 10 and math.isqrt(99) == 9
assert math.isclose(0.1 + 0.2, 0.3) and math.prod([2, 3, 4]) == 24 and math.inf > 10**300 and math.isnan(math.nan)
assert math.log10(1000) == 3.0 and math.log(8, 2) == 3.0 and math.hypot(3, 4) == 5.0 and math.copysign(1, -0.0) == -1.0
fails(ValueError, math.sqrt, -1)

generator = random.Random(42)
assert generator.random() == 0.6394267984578837 and generator.randint(1, 100) == 4
assert random.Random(1).sample(range(100), 3) == [17, 72, 97] and random.Random("seed").random() == 0.1382359792209653
shuffled = list(range(5))
random.Random(3).shuffle(shuffled)
assert sorted(shuffled) == [0, 1, 2, 3, 4] and 0 <= random.SystemRandom().random() < 1
assert bisect.bisect([1, 2, 2, 3], 2) == 3 and bisect.bisect_left([1, 2, 2, 3], 2) == 1
