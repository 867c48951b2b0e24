"""The scripts directory as env.py, its hooks and scripts ask for it."""
import _environment


def _one_or_more(names):
    """None, a name or a tuple of them, as revision files write it."""
    return None if not names else names[0] if len(names) == 1 else tuple(names)


class Script:
    """A revision and its file."""

    def __init__(self, directory, row):
        self._directory = directory
        self.revision = row["revision"]
        self.down_revision = _one_or_more(row["down_revisions"])
        self.dependencies = _one_or_more(row["dependencies"])
        self.branch_labels = set(row["branch_labels"])
        self.path = row["path"]
        self.longdoc = row["text"]
        self.is_head = row["is_head"]

    @property
    def module(self):
        return self._directory._module(self.revision)

    @property
    def doc(self):
        return self.longdoc.split("\n\n")[0]

    @property
    def is_base(self):
        return self.down_revision is None

    @property
    def is_merge_point(self):
        return isinstance(self.down_revision, tuple)

    @property
    def nextrev(self):
        return frozenset(other.revision for other in self._directory.walk_revisions()
                         if self.revision in other._down_revisions)

    @property
    def is_branch_point(self):
        return len(self.nextrev) > 1

    @property
    def _down_revisions(self):
        down = self.down_revision
        return down if isinstance(down, tuple) else (down,) if down else ()


class ScriptDirectory:
    _scripts = None
    _modules = {}

    @classmethod
    def from_config(cls, config):
        """Of this project, whose configuration `config` is."""
        return cls()

    @property
    def dir(self):
        return _environment.script_directory()

    @property
    def versions(self):
        import os.path

        return os.path.join(self.dir, "versions")

    def get_heads(self):
        return _environment.heads()

    def get_current_head(self):
        from alembic.context import get_head_revision

        return get_head_revision()

    def get_bases(self):
        return [script.revision for script in self.walk_revisions() if script.is_base]

    def get_base(self):
        bases = self.get_bases()
        if len(bases) > 1:
            from alembic.util import CommandError

            raise CommandError("The script directory has multiple bases. Please use get_bases().")
        return bases[0] if bases else None

    def _by_id(self):
        if self._scripts is None:
            self._scripts = {row["revision"]: Script(self, row) for row in _environment.revisions()}
        return self._scripts

    def _module(self, revision):
        if revision not in self._modules:
            self._modules[revision] = _environment.revision_module(revision)
        return self._modules[revision]

    def get_revision(self, id_):
        found = self.get_revisions(id_)
        return found[0] if found else None

    def get_revisions(self, id_):
        """The scripts that a name, or several, stands for: ids and what they begin with, labels,
        "head", "heads" and "base"."""
        if id_ is None:
            return ()
        names = (id_,) if isinstance(id_, str) else id_
        return tuple(self._by_id()[found] for name in names
                     for found in _environment.find_revisions(name))

    def walk_revisions(self, base="base", head="heads"):
        """From the heads, or `head`, down to `base`, which is the last one."""
        for revision in _environment.walk_revisions(base, head):
            yield self._by_id()[revision]

    def iterate_revisions(self, upper, lower, **more):
        """From `upper` down, `lower` left out."""
        lowest = self.get_revisions(lower)
        for script in self.walk_revisions(lower or "base", upper or "heads"):
            if script not in lowest:
                yield script
