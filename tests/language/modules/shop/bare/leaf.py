value = "leaf"
from .. import VERSION
