"""The shop."""
from .core.settings import settings
VERSION = "1.0"
raise_if_run = settings.log("shop/__init__")
