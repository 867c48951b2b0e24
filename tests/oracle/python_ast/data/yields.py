# Generators that yield inside larger expressions. Each is run as written and as the resolver took
# it apart; what they do, in order, must be the same.


def arguments():
    x = f(a(1), (yield 1), a(2), *(yield 2), k=(yield 3), **{"z": a(4)})
    log(x)


def stars():
    items = iter([1, 2])
    log([*items, (yield list(items)), *[3]])


def operators():
    log(a(1) + (yield 1) * a(2) - (yield 2))
    log(-(yield 3))
    log(not (yield 4))


def augmented():
    x = 10
    x += yield x
    log(x)
    box = Box()
    box.n = 1
    box.n += yield box.n
    log(box.n)
    box.items = [1, 2]
    get(box).items[a(0)] += a(5) + (yield 7)
    log(box.items)


def booleans():
    log(a(0) or (yield 1))
    log(a(1) or (yield 2))
    log(a(1) and (yield 3) and a(4))
    log(a(0) and (yield 5) and a(6))
    log((yield 7) or a(8))
    log(a(0) or (yield None) or (yield 9) or a(10))


def conditional():
    log((yield 1) if a(1) else (yield 2))
    log((yield 3) if a(0) else (yield 4))
    log(a(5) if (yield 6) else a(7))
    log([a(1), a(2) if a(0) else (yield 8), a(3)])


def displays():
    log([a(1), (yield 1), a(2)], {a(3): (yield 2), a(4): a(5)}, (a(6), (yield 3)))
    log({**{"a": a(1)}, "b": (yield 4)})
    log({(yield 5), a(7)} == {a(7)})


def subscripts():
    log([1, 2, 3, 4][(yield 1) or 0 : a(3) : (yield 2) or 1])
    table = {}
    table[(yield 3)] = a(1)
    table[a(2)], table[(yield 4)] = a(3), a(4)
    [table[a(5)], *table[(yield 6)]] = last = a(1), a(2), a(3)
    log(last)
    log(table)
    del table[(yield 5)]


def strings():
    log(f"{a(1)!r:>{a(5)}} {(yield 1)} {a(2):{(yield 2) or 3}} {a(3)}")


def comparisons():
    log(a(1) < ((yield 1) or 2))
    log(((yield 1) or 0) < a(2) < a(3))


def loops():
    for i in [a(1), (yield 1)]:
        log(i)
    n = 0
    while (yield n) != 40:
        n += 1
        if n == 2:
            continue
        log(n)
    else:
        log("else")
    while (n := (yield "again")) is not None:
        break
    else:
        log("not here")
    while (yield "last"):
        log("body")


def branches():
    if a(0):
        pass
    elif (yield 1):
        log("elif")
    else:
        log("else")


def managers():
    with Box() as one, Box() as two, (yield "box") or Box() as three:
        log("inside")
    with (yield "box") or Box():
        yield log("inside again")


def statements():
    x: int = yield 1
    y = z = yield 2
    log(x, y, z, (w := (yield 3)), w)
    assert (yield 4) is None or a(1), (yield 5)
    try:
        raise KeyError((yield 6)) from ValueError((yield 7))
    except KeyError as e:
        log(repr(e), repr(e.__cause__))
    try:
        assert a(0), (yield 8)
    except AssertionError as e:
        log(repr(e))
    return (yield 9), (yield 10)


def delegated():
    log([(yield from inner(1)), (yield from inner(2))])
    return (yield from inner(3))


def comprehensions():
    log([x + 1 for x in [a(1), (yield 1) or 2]])
    log((lambda v: v)((yield 2)), a(3))


def nested():
    def deeper():
        log(a(1), (yield 1))

    class Local:
        def method(self):
            self.__x = 5
            self.__x += (yield 2) or 1
            log(self.__x)

    yield from deeper()
    yield from Local().method()


def matched():
    match (yield 1), a(2):
        case None, 2:
            log("none", (yield 2))
        case _:
            log("other", (yield 3))
