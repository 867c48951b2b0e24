from .user import User
from .order import Order as Purchase
__all__ = ["User", "Purchase"]
