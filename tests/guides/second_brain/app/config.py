"""Settings from the environment and .env; the URLs are computed from their parts."""
from urllib.parse import quote_plus

from pydantic import Field, computed_field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    APP_NAME: str = "Second Brain"
    POSTGRES_HOST: str = Field(default="localhost", description="database server")
    POSTGRES_PORT: int = 5432
    POSTGRES_USER: str = "brain"
    POSTGRES_PASSWORD: str = ""
    POSTGRES_DB: str = "second_brain"

    class Config:
        env_file = ".env"
        extra = "ignore"

    @property
    def _place(self) -> str:
        password = quote_plus(self.POSTGRES_PASSWORD)
        return f"{self.POSTGRES_USER}:{password}@{self.POSTGRES_HOST}:{self.POSTGRES_PORT}/{self.POSTGRES_DB}"

    @computed_field
    @property
    def POSTGRES_URL(self) -> str:
        return f"postgresql+asyncpg://{self._place}"

    @computed_field
    @property
    def POSTGRES_URL_SYNC(self) -> str:
        return f"postgresql+psycopg2://{self._place}"


settings = Settings()
