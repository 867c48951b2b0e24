"""pydantic 1 and 2: models and settings with their fields, defaults, validators and URLs."""
from _pydantic_convert import *
from _pydantic_fields import *
from _pydantic_model import *
from _pydantic_types import *
from _pydantic_validators import *
from pydantic_settings import BaseSettings

VERSION = __version__ = "2.11.7"


class PydanticUserError(TypeError):
    pass
