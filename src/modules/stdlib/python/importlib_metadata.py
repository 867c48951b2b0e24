"""Installed packages: none are known."""


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return "No package metadata was found for %s" % self.args[0]

    @property
    def name(self):
        return self.args[0]


def version(distribution_name):
    raise PackageNotFoundError(distribution_name)


def distribution(distribution_name):
    raise PackageNotFoundError(distribution_name)


metadata = requires = files = distribution


def distributions(**kwargs):
    return []


class EntryPoints(tuple):
    def select(self, **params):
        return EntryPoints()

    def get(self, name, default=()):
        return default


def entry_points(**params):
    return EntryPoints()


def packages_distributions():
    return {}
