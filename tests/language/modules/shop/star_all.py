__all__ = ["_listed", "shared"]
_listed = "listed"
unlisted = "no"
shared = "all"
