"""Settings of the application: environment variables, then .env."""
from functools import lru_cache

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", case_sensitive=True, extra="ignore")

    APP_NAME: str = "Anki Compendium"
    DEBUG: bool = False
    DATABASE_URL: str
    DATABASE_POOL_SIZE: int = 20
    REDIS_URL: str = "redis://localhost:6379/0"
    CORS_ORIGINS: list[str] = ["http://localhost:5173"]

    @field_validator("DATABASE_URL")
    @classmethod
    def must_be_async(cls, value: str) -> str:
        if not value.startswith("postgresql+asyncpg://"):
            raise ValueError("DATABASE_URL must use postgresql+asyncpg://")
        return value


@lru_cache
def get_settings() -> Settings:
    return Settings()


settings = get_settings()
