"""GeoAlchemy2's column types."""
from sqlalchemy.types import UserDefinedType


class _GISType(UserDefinedType):
    name = "geometry"

    def __init__(self, geometry_type="GEOMETRY", srid=-1, dimension=2, spatial_index=True,
                 use_N_D_index=False, use_typmod=None, from_text=None, name=None, nullable=True,
                 _spatial_index_reflected=None):
        super().__init__()
        self.geometry_type = geometry_type
        self.srid = srid
        self.dimension = dimension
        self.spatial_index = spatial_index

    def get_col_spec(self, **kw):
        if not self.geometry_type:
            return self.name
        return f"{self.name}({self.geometry_type},{self.srid})"


class Geometry(_GISType):
    name = "geometry"


class Geography(_GISType):
    name = "geography"


class Raster(UserDefinedType):
    def get_col_spec(self, **kw):
        return "raster"
