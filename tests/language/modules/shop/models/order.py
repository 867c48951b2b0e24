from .user import User
from shop.models import user as user_module
class Order:
    of = User
    def __init__(self, owner): self.owner = owner
    def log(self): return user_module.LOG
