# Modules of the project are evaluated name by name. (A real Python would fail: some statements raise.)
import shop.lazy
from shop import lazy
assert lazy is shop.lazy
assert lazy.c == 12 and lazy.b == 2 and lazy.a == 10
assert lazy.items == ["zero", 2, 3] and lazy.total == 2 and lazy.d == {"k": 1}
assert lazy.late() == "later" and lazy.early == [1, 2]
assert lazy.HAVE is True and lazy.branch == "big" and lazy.chosen() == "big"
assert lazy.last == 2 and lazy.nulled == "entered" and lazy.inside == 1
assert list(lazy.REGISTRY) == ["One", "Two"] and lazy.REGISTRY["One"] is lazy.One
assert lazy.Tagged.tag == "t" and (lazy.x, lazy.y, lazy.z) == (1, 2, [3, 4])
assert not hasattr(lazy, "removed")
assert lazy.second_bump == 2 and lazy.first_bump == 1 and lazy.counter == 2 and lazy.bump() == 3 and lazy.counter == 3
assert lazy.walrus == 5 and lazy.walrus_source == 6
assert lazy.__doc__.startswith("Names are") and lazy.__name__ == "shop.lazy" and lazy.__package__ == "shop" and lazy.__file__.endswith("lazy.py")
---
# Order: asking for the rebound name first must not change what was computed from its first value.
from shop.lazy import a, b
assert a == 10 and b == 2
---
from shop.lazy import counter, second_bump
assert counter == 2 and second_bump == 2
---
from shop.lazy import total, items
assert items == ["zero", 2, 3] and total == 2
---
# Packages: __init__ is not run unless a name comes from it.
from shop.models import User, Purchase
from shop.models.user import LOG
assert User.name == "nobody"
assert LOG == ["first", "User evaluated", "last"], LOG
order = User().orders()[0]
assert type(order) is Purchase and order.of is User and order.log() is LOG
assert Purchase.__name__ == "Order" and Purchase.__module__ == "shop.models.order"
---
import shop.models.order
assert shop.models.order.Order.of.name == "nobody" and shop.VERSION == "1.0"
assert shop.models.user.User is shop.models.order.User
---
from shop.core.settings import settings
import shop.core.settings as s
assert s.settings is settings and settings.lines == []
from shop import VERSION
assert VERSION == "1.0"
import shop
assert shop.raise_if_run == "shop/__init__" and settings.lines == ["shop/__init__"]
---
from shop.circle_a import A, A2
from shop.circle_b import B, use_a
assert B.partner is A and issubclass(A2, B) and use_a() == "A"
---
from shop.circle_b import use_a
assert use_a() == "A"
---
from shop.stars import visible, _listed, shared, own
assert (visible, _listed, shared, own) == ("v", "listed", "all", 1)
import shop.stars
assert not hasattr(shop.stars, "_hidden") and not hasattr(shop.stars, "unlisted")
---
from shop.stars import *
assert visible == "v" and own == 1 and shared == "all"
---
from shop.hook import dynamic
import shop.hook
assert dynamic == "DYNAMIC" and shop.hook.dyn == "DYN" and not hasattr(shop.hook, "static")
---
from shop.bare import leaf
import shop.bare.leaf as l
assert leaf is l and leaf.value == "leaf" and leaf.VERSION == "1.0"
---
# An import that nothing reads costs nothing, even when its definition would fail.
from shop.lazy import explode
from shop.models.user import UNUSED
from shop.core.settings import broken
from shop.syntax_error import broken as nothing
def f():
    from shop.lazy import explode
    return 1
assert f() == 1
---
from shop.lazy import nope ### "ImportError: cannot import name 'nope' from 'shop.lazy'"
---
from shop.lazy import totl ### "did you mean 'total'"
---
import shop.nothing ### "ModuleNotFoundError: No module named 'shop.nothing'"
---
from shop.lazy.deeper import x ### "No module named 'shop.lazy.deeper'; 'shop.lazy' is not a package"
---
from . import x ### "ImportError: attempted relative import with no known parent package"
---
try:
    from shop.lazy import nope
except ImportError:
    from shop.lazy import total as nope
assert nope == 2
try:
    import shop.nothing
except ModuleNotFoundError as e:
    assert e.name == "shop.nothing"
---
import importlib
assert importlib.import_module("shop.models.user").User.name == "nobody"
---
# A function's globals are its own module's.
from shop.lazy import bump
counter = "mine"
assert bump() in (1, 3) and counter == "mine"
---
class Holder:
    from shop.lazy import total
    import shop.lazy as mod
assert Holder.total == 2 and Holder.mod.a == 10
---
from shop import lazy as L
assert "total" in dir(L) and L.__dict__ is not None if False else True
