from .star_source import *
from .star_all import *
own = 1
