"""GeoAlchemy2's column types, and the spatial index that each makes on its column."""
from sqlalchemy import Column, Index, event, func
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
        self.use_N_D_index = use_N_D_index
        self.nullable = nullable

    def get_col_spec(self, **kw):
        if not self.geometry_type:
            return self.name
        return f"{self.name}({self.geometry_type},{self.srid})"


class Geometry(_GISType):
    name = "geometry"


class Geography(_GISType):
    name = "geography"


class Raster(UserDefinedType):
    def __init__(self, spatial_index=True, from_text=None, name=None, nullable=True):
        super().__init__()
        self.spatial_index = spatial_index
        self.nullable = nullable

    def get_col_spec(self, **kw):
        return "raster"


@event.listens_for(Column, "after_parent_attach")
def _make_spatial_index(column, table):
    kind = column.type
    if not isinstance(kind, (_GISType, Raster)) or not kind.spatial_index:
        return
    indexed = func.ST_ConvexHull(column) if isinstance(kind, Raster) else column
    options = {"postgresql_using": "gist"}
    if getattr(kind, "use_N_D_index", False):
        options["postgresql_ops"] = {column.name: "gist_geometry_ops_nd"}
    table.append_constraint(Index("idx_%s_%s" % (table.name, column.name), indexed, **options))
