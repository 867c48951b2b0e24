from __future__ import annotations
from typing import TYPE_CHECKING
from ..core import settings as config
if TYPE_CHECKING:
    from .order import Order
config.settings.log("user module touched") if False else None
LOG = []
LOG.append("first")
class User:
    name: str = "nobody"
    LOG.append("User evaluated")
    def orders(self) -> list[Order]:
        from .order import Order
        return [Order(self)]
LOG.append("last")
UNUSED = 1 / 0
