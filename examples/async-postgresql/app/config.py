"""Settings from the environment."""
import os
from dataclasses import dataclass, field


def _database_url() -> str:
    url = os.environ.get("DATABASE_URL", "postgresql://app:app@localhost/app")
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)


@dataclass(frozen=True)
class Settings:
    database_url: str = field(default_factory=_database_url)


settings = Settings()
