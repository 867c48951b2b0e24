"""fastapi-storages: its column types."""
from sqlalchemy.types import TypeDecorator, Unicode


class FileType(TypeDecorator):
    impl = Unicode
    cache_ok = True

    def __init__(self, storage=None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.storage = storage


class ImageType(FileType):
    impl = Unicode
    cache_ok = True
