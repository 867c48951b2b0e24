"""pgvector's column types."""
from sqlalchemy.types import UserDefinedType


class _Vector(UserDefinedType):
    name = "VECTOR"

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def get_col_spec(self, **kw):
        return self.name if self.dim is None else f"{self.name}({self.dim})"


class VECTOR(_Vector):
    name = "VECTOR"


Vector = VECTOR


class HALFVEC(_Vector):
    name = "HALFVEC"


class SPARSEVEC(_Vector):
    name = "SPARSEVEC"


class BIT(_Vector):
    name = "BIT"
