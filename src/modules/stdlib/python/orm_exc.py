"""Exceptions of sqlalchemy.orm."""
from sqlalchemy.exc import InvalidRequestError, NoResultFound, MultipleResultsFound, SQLAlchemyError


class StaleDataError(SQLAlchemyError):
    pass


class UnmappedError(InvalidRequestError):
    pass


class UnmappedClassError(UnmappedError):
    pass


class UnmappedInstanceError(UnmappedError):
    pass


class DetachedInstanceError(SQLAlchemyError):
    pass


class ObjectDeletedError(InvalidRequestError):
    pass


class FlushError(SQLAlchemyError):
    pass


class MappedAnnotationError(SQLAlchemyError):
    pass
