"""alembic.runtime.environment: names for annotations."""
import alembic.context


class EnvironmentContext:
    def __getattr__(self, name):
        return getattr(alembic.context, name)
