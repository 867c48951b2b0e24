"""StrEnum and its kin, as the package has them for Pythons before 3.11."""
import enum
from enum import StrEnum, auto


class LowercaseStrEnum(StrEnum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class UppercaseStrEnum(StrEnum):
    def _generate_next_value_(name, start, count, last_values):
        return name.upper()
