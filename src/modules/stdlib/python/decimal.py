"""Exact decimal arithmetic."""
ROUND_DOWN, ROUND_UP = "ROUND_DOWN", "ROUND_UP"
ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN = (
    "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN")
ROUND_CEILING, ROUND_FLOOR, ROUND_05UP = "ROUND_CEILING", "ROUND_FLOOR", "ROUND_05UP"


class DecimalException(ArithmeticError):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class Rounded(DecimalException):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded):
    pass


class Clamped(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


class Context:
    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1,
                 clamp=0, flags=None, traps=None):
        self.prec = prec
        self.rounding = rounding
        self.Emin = Emin
        self.Emax = Emax
        self.capitals = capitals
        self.clamp = clamp
        self.flags = flags or {}
        self.traps = traps or {}

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp)

    def create_decimal(self, num="0"):
        return Decimal(num)._rounded(self)

    def quantize(self, a, b):
        return Decimal(a).quantize(b, context=self)

    def divide(self, a, b):
        return Decimal(a)._divide(Decimal(b), self)

    def add(self, a, b):
        return (Decimal(a)._add(Decimal(b)))._rounded(self)

    def clear_flags(self):
        self.flags = {}


_current = [Context()]
DefaultContext = BasicContext = ExtendedContext = _current[0]


def getcontext():
    return _current[0]


def setcontext(context, /):
    _current[0] = context


class localcontext:
    def __init__(self, ctx=None, **kwargs):
        self._new = (ctx or getcontext()).copy()
        for name, value in kwargs.items():
            setattr(self._new, name, value)

    def __enter__(self):
        self._saved = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *details):
        setcontext(self._saved)


def _round_up(sign, quotient, rest, half, rounding):
    """Whether to round the magnitude up; `rest` compares with `half` (-1, 0, 1), 0 < rest."""
    if rounding == ROUND_HALF_EVEN:
        return half > 0 or half == 0 and quotient % 2 == 1
    if rounding == ROUND_HALF_UP:
        return half >= 0
    if rounding == ROUND_HALF_DOWN:
        return half > 0
    if rounding == ROUND_DOWN:
        return False
    if rounding == ROUND_UP:
        return True
    if rounding == ROUND_CEILING:
        return not sign
    if rounding == ROUND_FLOOR:
        return bool(sign)
    if rounding == ROUND_05UP:
        return quotient % 5 == 0
    raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, "
                    "ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   "
                    "ROUND_05UP]")


def _shifted(sign, coefficient, digits, rounding):
    """coefficient / 10**digits, rounded."""
    unit = 10**digits
    quotient, rest = divmod(coefficient, unit)
    if rest:
        twice = rest * 2
        half = (twice > unit) - (twice < unit)
        if _round_up(sign, quotient, rest, half, rounding):
            quotient += 1
    return quotient


def _parse(text):
    text = text.strip().replace("_", "")
    sign = 0
    rest = text
    if rest[:1] in ("+", "-"):
        sign = 1 if rest[0] == "-" else 0
        rest = rest[1:]
    lower = rest.lower()
    if lower in ("inf", "infinity"):
        return sign, 0, "F"
    if lower.startswith("snan") or lower.startswith("nan"):
        digits = lower[4:] if lower.startswith("s") else lower[3:]
        if not digits or digits.isdigit():
            return sign, int(digits or 0), "N" if lower.startswith("s") else "n"
        return None
    number, marker, exponent = lower.partition("e")
    if marker:
        plain = exponent[1:] if exponent[:1] in ("+", "-") else exponent
        if not plain.isdigit():
            return None
    whole, _, fraction = number.partition(".")
    if not (whole or fraction) or not (whole + fraction).isdigit():
        return None
    return sign, int(whole + fraction), int(exponent or 0) - len(fraction)


class Decimal:
    def __new__(cls, value="0", context=None):
        self = super().__new__(cls)
        if isinstance(value, str):
            parsed = _parse(value)
            if parsed is None:
                raise InvalidOperation([ConversionSyntax])
        elif isinstance(value, Decimal):
            parsed = value._sign, value._int, value._exp
        elif isinstance(value, int):
            parsed = int(value < 0), abs(int(value)), 0
        elif isinstance(value, float):
            if value != value:
                parsed = 0, 0, "n"
            elif value in (float("inf"), float("-inf")):
                parsed = int(value < 0), 0, "F"
            else:
                top, bottom = abs(value).as_integer_ratio()
                twos = bottom.bit_length() - 1
                negative = str(value).startswith("-")
                parsed = int(negative), top * 5**twos, -twos
        elif isinstance(value, (tuple, list)):
            if len(value) != 3:
                raise ValueError("argument must be a sequence of length 3")
            digits = "".join(map(str, value[1])) or "0"
            parsed = value[0], int(digits), value[2]
        else:
            raise TypeError("conversion from %s to Decimal is not supported"
                            % type(value).__name__)
        self._sign, self._int, self._exp = parsed
        return self

    @classmethod
    def from_float(cls, f, /):
        return cls(f)

    @classmethod
    def _make(cls, sign, coefficient, exponent):
        self = object.__new__(Decimal)
        self._sign, self._int, self._exp = sign, coefficient, exponent
        return self

    @property
    def _special(self):
        return isinstance(self._exp, str)

    def is_nan(self):
        return self._exp in ("n", "N")

    def is_qnan(self):
        return self._exp == "n"

    def is_snan(self):
        return self._exp == "N"

    def is_infinite(self):
        return self._exp == "F"

    def is_finite(self):
        return not self._special

    def is_zero(self):
        return not self._special and self._int == 0

    def is_signed(self):
        return self._sign == 1

    def adjusted(self):
        return 0 if self._special else self._exp + len(str(self._int)) - 1

    def as_tuple(self):
        return DecimalTuple(self._sign, tuple(map(int, str(self._int))), self._exp)

    def as_integer_ratio(self):
        if self._special:
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer ratio")
            raise OverflowError("cannot convert Infinity to integer ratio")
        from math import gcd

        top, bottom = (self._int * 10**self._exp, 1) if self._exp >= 0 else (
            self._int, 10**-self._exp)
        common = gcd(top, bottom) or 1
        return (-top if self._sign else top) // common, bottom // common

    def __str__(self, eng=False):
        sign = "-" if self._sign else ""
        if self._special:
            if self._exp == "F":
                return sign + "Infinity"
            return sign + ("sNaN" if self._exp == "N" else "NaN") + (
                str(self._int) if self._int else "")
        digits = str(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            point = left
        elif not eng:
            point = 1
        elif digits == "0":
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            whole, fraction = "0", "." + "0" * -point + digits
        elif point >= len(digits):
            whole, fraction = digits + "0" * (point - len(digits)), ""
        else:
            whole, fraction = digits[:point], "." + digits[point:]
        exponent = "" if left == point else "E%+d" % (left - point)
        return sign + whole + fraction + exponent

    def __repr__(self):
        return "Decimal('%s')" % str(self)

    def to_eng_string(self, context=None):
        return self.__str__(eng=True)

    def __hash__(self):
        if self._special:
            return hash(str(self))
        if self._exp >= 0 or self._int % 10**-self._exp == 0:
            return hash(int(self))
        value = float(self)
        return hash(value) if Decimal(value) == self else hash(str(self.normalize()))

    def __bool__(self):
        return self._special or self._int != 0

    def __int__(self):
        if self._special:
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer")
            raise OverflowError("cannot convert infinity to integer")
        whole = self._int * 10**self._exp if self._exp >= 0 else self._int // 10**-self._exp
        return -whole if self._sign else whole

    __trunc__ = __int__

    def __float__(self):
        return float(str(self).replace("sNaN", "NaN"))

    def __floor__(self):
        return int(self.to_integral_value(ROUND_FLOOR))

    def __ceil__(self):
        return int(self.to_integral_value(ROUND_CEILING))

    def __round__(self, n=None):
        if n is None:
            return int(self.to_integral_value(ROUND_HALF_EVEN))
        return self.quantize(Decimal._make(0, 1, -n))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def _rounded(self, context=None):
        context = context or getcontext()
        if self._special:
            return self
        extra = len(str(self._int)) - context.prec
        if extra <= 0:
            return self
        coefficient = _shifted(self._sign, self._int, extra, context.rounding)
        exponent = self._exp + extra
        if len(str(coefficient)) > context.prec:
            coefficient //= 10
            exponent += 1
        return Decimal._make(self._sign, coefficient, exponent)

    # ---- arithmetic

    def _aligned(self, other):
        exponent = min(self._exp, other._exp)
        a = self._int * 10**(self._exp - exponent)
        b = other._int * 10**(other._exp - exponent)
        return -a if self._sign else a, -b if other._sign else b, exponent

    def _special_sum(self, other):
        for value in (self, other):
            if value.is_nan():
                return Decimal._make(value._sign, value._int, "n")
        if self.is_infinite():
            if other.is_infinite() and self._sign != other._sign:
                raise InvalidOperation([InvalidOperation])
            return self
        return other

    def _add(self, other):
        if self._special or other._special:
            return self._special_sum(other)
        a, b, exponent = self._aligned(other)
        total = a + b
        negative = total < 0 or total == 0 and self._sign and other._sign
        return Decimal._make(int(negative), abs(total), exponent)

    def _multiply(self, other):
        sign = self._sign ^ other._sign
        if self._special or other._special:
            for value in (self, other):
                if value.is_nan():
                    return Decimal._make(value._sign, value._int, "n")
            if self.is_zero() or other.is_zero():
                raise InvalidOperation([InvalidOperation])
            return Decimal._make(sign, 0, "F")
        return Decimal._make(sign, self._int * other._int, self._exp + other._exp)

    def _divide(self, other, context=None):
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special or other._special:
            for value in (self, other):
                if value.is_nan():
                    return Decimal._make(value._sign, value._int, "n")
            if self.is_infinite() and other.is_infinite():
                raise InvalidOperation([InvalidOperation])
            if self.is_infinite():
                return Decimal._make(sign, 0, "F")
            return Decimal._make(sign, 0, context.Emin - context.prec + 1)
        if other._int == 0:
            if self._int == 0:
                raise InvalidOperation([DivisionUndefined])
            raise DivisionByZero([DivisionByZero])
        ideal = self._exp - other._exp
        if self._int == 0:
            return Decimal._make(sign, 0, ideal)
        shift = len(str(other._int)) - len(str(self._int)) + context.prec + 1
        exponent = ideal - shift
        if shift >= 0:
            quotient, rest = divmod(self._int * 10**shift, other._int)
        else:
            quotient, rest = divmod(self._int, other._int * 10**-shift)
        if rest:
            if quotient % 5 == 0:
                quotient += 1
        else:
            while exponent < ideal and quotient % 10 == 0:
                quotient //= 10
                exponent += 1
        return Decimal._make(sign, quotient, exponent)._rounded(context)

    def _whole_quotient(self, other):
        sign = self._sign ^ other._sign
        if self._special or other._special:
            for value in (self, other):
                if value.is_nan():
                    return value, value
            if self.is_infinite():
                raise InvalidOperation([InvalidOperation])
            return Decimal._make(sign, 0, 0), self
        if other._int == 0:
            if self._int == 0:
                raise InvalidOperation([DivisionUndefined])
            raise DivisionByZero([DivisionByZero])
        a, b, exponent = self._aligned(other)
        quotient, rest = divmod(abs(a), abs(b))
        return (Decimal._make(sign, quotient, 0), Decimal._make(self._sign, rest, exponent))

    def __neg__(self):
        if self._special:
            return Decimal._make(1 - self._sign, self._int, self._exp)
        sign = 0 if self._int == 0 else 1 - self._sign
        return Decimal._make(sign, self._int, self._exp)._rounded()

    def __pos__(self):
        sign = 0 if not self._special and self._int == 0 else self._sign
        return Decimal._make(sign, self._int, self._exp)._rounded()

    def __abs__(self):
        return Decimal._make(0, self._int, self._exp)._rounded()

    def copy_abs(self):
        return Decimal._make(0, self._int, self._exp)

    def copy_negate(self):
        return Decimal._make(1 - self._sign, self._int, self._exp)

    def copy_sign(self, other):
        return Decimal._make(Decimal(other)._sign, self._int, self._exp)

    def __add__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else self._add(other)._rounded()

    __radd__ = __add__

    def __sub__(self, other):
        other = _converted(other)
        if other is NotImplemented:
            return other
        return self._add(other if other.is_nan() else other.copy_negate())._rounded()

    def __rsub__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else other.__sub__(self)

    def __mul__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else self._multiply(other)._rounded()

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else self._divide(other)

    def __rtruediv__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else other._divide(self)

    def __floordiv__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else self._whole_quotient(other)[0]

    def __rfloordiv__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else other._whole_quotient(self)[0]

    def __mod__(self, other):
        other = _converted(other)
        if other is NotImplemented:
            return other
        if other.is_zero() and not self._special and self._int:
            raise InvalidOperation([InvalidOperation])
        return self._whole_quotient(other)[1]._rounded()

    def __rmod__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else other % self

    def __divmod__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else self._whole_quotient(other)

    def __pow__(self, other, modulo=None):
        other = _converted(other)
        if other is NotImplemented:
            return other
        if other._special or other != other.to_integral_value():
            return Decimal(float(self)**float(other))._rounded()
        exponent = int(other)
        if exponent < 0:
            return Decimal(1)._divide(self**-exponent)
        if exponent == 0 and self._int == 0:
            raise InvalidOperation([InvalidOperation])
        return Decimal._make(self._sign if exponent % 2 else 0, self._int**exponent,
                             self._exp * exponent)._rounded()

    def __rpow__(self, other):
        other = _converted(other)
        return other if other is NotImplemented else other**self

    def sqrt(self, context=None):
        from math import isqrt

        context = context or getcontext()
        if self._special:
            return self
        if self._int == 0:
            return Decimal._make(self._sign, 0, self._exp // 2)
        if self._sign:
            raise InvalidOperation([InvalidOperation])
        digits = context.prec + 1
        exponent = self._exp - self._exp % 2
        coefficient = self._int * 10**(self._exp - exponent)
        shift = max(digits - (len(str(coefficient)) + 1) // 2, 0)
        root = isqrt(coefficient * 100**shift)
        exact = root * root == coefficient * 100**shift
        exponent = exponent // 2 - shift
        if exact:
            ideal = self._exp // 2
            while exponent < ideal and root % 10 == 0:
                root //= 10
                exponent += 1
        elif root % 5 == 0:
            root += 1
        return Decimal._make(0, root, exponent)._rounded(context)

    # ---- comparison

    def _compared(self, other):
        """-1, 0 or 1; None when one of them is no number."""
        if self.is_nan() or other.is_nan():
            return None
        if self._special or other._special:
            a = (-1 if self._sign else 1) if self._special else 0
            b = (-1 if other._sign else 1) if other._special else 0
            return (a > b) - (a < b)
        a, b, _ = self._aligned(other)
        return (a > b) - (a < b)

    def compare(self, other, context=None):
        order = self._compared(Decimal(other))
        return Decimal("NaN") if order is None else Decimal(order)

    def _compare_with(self, other):
        if isinstance(other, float):
            other = Decimal(other)
        other = _converted(other)
        return other if other is NotImplemented else self._compared(other)

    def __eq__(self, other):
        order = self._compare_with(other)
        return order if order is NotImplemented else order == 0

    def __lt__(self, other):
        order = self._compare_with(other)
        return order if order is NotImplemented else order is not None and order < 0

    def __le__(self, other):
        order = self._compare_with(other)
        return order if order is NotImplemented else order is not None and order <= 0

    def __gt__(self, other):
        order = self._compare_with(other)
        return order if order is NotImplemented else order is not None and order > 0

    def __ge__(self, other):
        order = self._compare_with(other)
        return order if order is NotImplemented else order is not None and order >= 0

    def max(self, other, context=None):
        other = Decimal(other)
        return (self if self >= other else other)._rounded(context)

    def min(self, other, context=None):
        other = Decimal(other)
        return (self if self <= other else other)._rounded(context)

    # ---- digits

    def _with_exponent(self, exponent, rounding):
        if self._exp >= exponent:
            return Decimal._make(self._sign, self._int * 10**(self._exp - exponent), exponent)
        coefficient = _shifted(self._sign, self._int, exponent - self._exp, rounding)
        return Decimal._make(self._sign, coefficient, exponent)

    def quantize(self, exp, rounding=None, context=None):
        context = context or getcontext()
        exp = Decimal(exp)
        if self._special or exp._special:
            if self.is_infinite() and exp.is_infinite():
                return self
            if self.is_nan():
                return self
            raise InvalidOperation([InvalidOperation])
        result = self._with_exponent(exp._exp, rounding or context.rounding)
        if len(str(result._int)) > context.prec:
            raise InvalidOperation([InvalidOperation])
        return result

    def to_integral_value(self, rounding=None, context=None):
        if self._special or self._exp >= 0:
            return self
        return self._with_exponent(0, rounding or (context or getcontext()).rounding)

    to_integral = to_integral_exact = to_integral_value

    def normalize(self, context=None):
        rounded = self._rounded(context)
        if rounded._special:
            return rounded
        coefficient, exponent = rounded._int, rounded._exp
        if coefficient == 0:
            return Decimal._make(rounded._sign, 0, 0)
        while coefficient % 10 == 0:
            coefficient //= 10
            exponent += 1
        return Decimal._make(rounded._sign, coefficient, exponent)

    def scaleb(self, other, context=None):
        return Decimal._make(self._sign, self._int, self._exp + int(other))

    def same_quantum(self, other):
        return self._exp == Decimal(other)._exp

    def __format__(self, spec):
        if not spec:
            return str(self)
        kind = spec[-1] if spec[-1] in "eEfFgGn%" else ""
        head = spec[:-1] if kind else spec
        head, dot, precision = head.rpartition(".")
        if not dot:
            head, precision = precision, None
        value = self
        if kind == "%":
            value = Decimal._make(self._sign, self._int,
                                  self._exp if self._special else self._exp + 2)
        if value._special:
            body = str(value.copy_abs())
        elif kind in ("f", "F", "%"):
            if precision is not None:
                value = value._with_exponent(-int(precision), getcontext().rounding)
            elif value._exp > 0:
                value = value._with_exponent(0, ROUND_DOWN)
            digits = str(value._int).rjust(1 - value._exp, "0")
            body = digits if value._exp >= 0 else digits[:value._exp] + "." + digits[value._exp:]
        elif kind in ("e", "E"):
            digits = str(value._int)
            if precision is not None:
                extra = len(digits) - int(precision) - 1
                if extra > 0:
                    value = value._with_exponent(value._exp + extra, getcontext().rounding)
                digits = str(value._int)
                shown = digits + "0" * (int(precision) + 1 - len(digits))
            else:
                shown = digits
            exponent = value._exp + len(digits) - 1
            body = shown[0] + ("." + shown[1:] if shown[1:] else "") + "%s%+d" % (kind, exponent)
        else:
            if precision is not None:
                value = value._rounded(Context(prec=max(int(precision), 1),
                                               rounding=getcontext().rounding))
            body = str(value.copy_abs())
            if kind == "g":
                body = body.replace("E", "e")
        if kind == "%":
            body += "%"
        return _laid_out(head, bool(value._sign), body)


def _laid_out(head, negative, body):
    """Fill, alignment, sign, width and grouping around the digits of a number."""
    fill, align = " ", ""
    if len(head) > 1 and head[1] in "<>=^":
        fill, align, head = head[0], head[1], head[2:]
    elif head[:1] in ("<", ">", "=", "^"):
        align, head = head[0], head[1:]
    sign = ""
    if head[:1] in ("+", "-", " "):
        sign, head = head[0], head[1:]
    head = head.lstrip("z#")
    if head[:1] == "0":
        if not align:
            fill, align = "0", "="
        head = head[1:]
    grouping = ""
    if head[-1:] in (",", "_"):
        grouping, head = head[-1], head[:-1]
    if head and not head.isdigit():
        raise ValueError("invalid format string")
    width = int(head or 0)
    prefix = "-" if negative else (sign if sign in ("+", " ") else "")
    end = 0
    while end < len(body) and body[end].isdigit():
        end += 1
    whole, rest = body[:end], body[end:]
    if grouping and whole:
        if fill == "0" and align == "=":
            while len(format(int("1" + whole[1:]), grouping)) + len(prefix) + len(rest) < width:
                whole = "0" + whole
        groups = []
        while whole:
            groups.insert(0, whole[-3:])
            whole = whole[:-3]
        whole = grouping.join(groups)
    body = whole + rest
    missing = width - len(prefix) - len(body)
    if missing <= 0:
        return prefix + body
    if align == "<":
        return prefix + body + fill * missing
    if align == "=":
        return prefix + fill * missing + body
    if align == "^":
        return fill * (missing // 2) + prefix + body + fill * (missing - missing // 2)
    return fill * missing + prefix + body


from collections import namedtuple as _namedtuple

DecimalTuple = _namedtuple("DecimalTuple", "sign digits exponent")


def _converted(value):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return NotImplemented
