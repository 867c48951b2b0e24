"""The column type of sqlalchemy-citext."""
from sqlalchemy.types import UserDefinedType


class CIText(UserDefinedType):
    def get_col_spec(self, **kw):
        return "CITEXT"
