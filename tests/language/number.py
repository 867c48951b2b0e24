# Integers, floats and their mixture.
assert 7 // 2 == 3 and -7 // 2 == -4 and 7 // -2 == -4 and -7 // -2 == 3 and 7 % 3 == 1 and -7 % 3 == 2 and 7 % -3 == -2 and -7 % -3 == -1
assert divmod(-7, 2) == (-4, 1) and divmod(7, -2) == (-4, -1) and 6 / 3 == 2.0 and type(6 / 3) is float and 7.5 // 2 == 3.0 and -7.5 // 2 == -4.0 and -7.5 % 2 == 0.5 and 7.5 % -2 == -0.5
assert 2 ** 10 == 1024 and 2 ** -1 == 0.5 and 4 ** 0.5 == 2.0 and (-8) ** 3 == -512 and 0 ** 0 == 1 and pow(2, 10, 1000) == 24
assert True + True == 2 and True * 5 == 5 and -True == -1 and ~False == -1 and (True & False) is False and (True | False) is True and (True ^ True) is False and (True & 1) == 1 and type(True & 1) is int and sum([True, True]) == 2
assert 5 & 3 == 1 and 5 | 3 == 7 and 5 ^ 3 == 6 and 1 << 10 == 1024 and -16 >> 2 == -4 and -1 >> 100 == -1 and 1 >> 100 == 0
assert round(0.5) == 0 and round(1.5) == 2 and round(2.5) == 2 and round(-0.5) == 0 and round(2.675, 2) == 2.67 and round(1234, -2) == 1200 and round(1250, -2) == 1200 and round(1350, -2) == 1400 and round(3.7) == 4 and type(round(3.7)) is int and type(round(3.7, 1)) is float
assert int(3.9) == 3 and int(-3.9) == -3 and int("42") == 42 and int(" -7 ") == -7 and int("ff", 16) == 255 and int("0b101", 0) == 5 and int("1_000") == 1000 and float("1e3") == 1000.0 and float(" 2.5 ") == 2.5 and abs(-3) == 3 and abs(-2.5) == 2.5
assert 1 == 1.0 and hash(2 ** 53) == hash(float(2 ** 53)) and 2 ** 53 + 1 != float(2 ** 53) and 2 ** 53 + 1 > float(2 ** 53) and 10 ** 20 > 1e19 and 1 < 1.5 < 2
assert 0.1 + 0.2 == 0.30000000000000004 and repr(0.1 + 0.2) == "0.30000000000000004" and repr(1e16) == "1e+16" and repr(1e15) == "1000000000000000.0" and repr(1e-4) == "0.0001" and repr(1e-5) == "1e-05" and repr(123456789.123) == "123456789.123" and repr(1.0) == "1.0" and repr(-0.0) == "-0.0" and repr(1e100) == "1e+100" and repr(5e-324) == "5e-324" and repr(1.7976931348623157e308) == "1.7976931348623157e+308"
inf = float("inf")
assert repr(inf) == "inf" and repr(-inf) == "-inf" and repr(float("nan")) == "nan" and inf > 10 ** 400 and -inf < -10 ** 400 and inf == inf and inf + 1 == inf
assert (3).bit_length() == 2 and (0.75).as_integer_ratio() == (3, 4) and (2.0).is_integer() and not (2.5).is_integer() and (5).real == 5
assert 10 / 4 == 2.5 and 1 / 3 == 0.3333333333333333 and 2 / 3 == 0.6666666666666666 and 1e308 * 10 == inf and 100 * 1.1 == 110.00000000000001
# ---
# Beyond 64 bits.
big = 2 ** 100
assert big == 1267650600228229401496703205376 and str(big) == "1267650600228229401496703205376" and big + 1 - big == 1 and big // 2 ** 90 == 1024 and big % 1000 == 376 and -big // 7 == -181092942889747057356671886483 and -big % 7 == 5, (-big // 7, -big % 7)
assert 9223372036854775807 + 1 == 9223372036854775808 and -9223372036854775808 - 1 == -9223372036854775809 and 9223372036854775807 * 2 == 18446744073709551614 and -(-9223372036854775808) == 9223372036854775808
assert 3 ** 50 == 717897987691852588770249 and 10 ** 30 // 10 ** 28 == 100 and 10 ** 30 / 10 ** 28 == 100.0 and big / 3 == 4.2255020007607644e+29 and divmod(10 ** 25, 7) == (1428571428571428571428571, 3)
assert (1 << 70) >> 68 == 4 and (1 << 70) | 1 == 1180591620717411303425 and (2 ** 70 - 1) & 0xFF == 255 and -(1 << 70) >> 69 == -2 and ~(1 << 65) == -36893488147419103233 and (-2 ** 70) & (2 ** 71 - 1) == 2 ** 70 and (5 << 64) ^ (3 << 64) == 6 << 64
assert big > 10 and big < 10 ** 40 and big == float(2 ** 100) and int(1e25) == 10000000000000000905969664 and float(10 ** 22) == 1e22 and hash(big) == hash(2 ** 100) and {big: 1}[2 ** 100] == 1
assert int("123456789012345678901234567890") == 123456789012345678901234567890 and f"{10 ** 20:,}" == "100,000,000,000,000,000,000" and max(2 ** 64, 2 ** 63) == 2 ** 64
def fact(n):
    r = 1
    for i in range(2, n + 1): r *= i
    return r
assert fact(25) == 15511210043330985984000000 and fact(25) // fact(24) == 25 and str(fact(40)) == "815915283247897734345611269596115894272000000000"
assert 12345678901234567890123 * 98765432109876543210987 == 1219326311370217952261797134336296860222381401
assert bool(2 ** 70) and not (2 ** 70 - 2 ** 70) and -7 * 10 ** 20 // 10 ** 20 == -7 and (10 ** 40 + 12345) % 10 ** 20 == 12345
