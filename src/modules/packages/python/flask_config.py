"""flask.Config: a dictionary that takes what is in upper case from objects, mappings and files."""
import _support


class Config(dict):
    def __init__(self, root_path, defaults=None):
        dict.__init__(self, defaults or {})
        self.root_path = root_path

    def from_object(self, obj):
        if isinstance(obj, str):
            obj = _named(obj)
        if obj is None or _support.is_unknown(obj):
            return
        for key in dir(obj):
            if key.isupper():
                self[key] = getattr(obj, key)

    def from_mapping(self, mapping=None, **kwargs):
        for given in (mapping or {}, kwargs):
            for key, value in given.items():
                if key.isupper():
                    self[key] = value
        return True

    def from_prefixed_env(self, prefix="FLASK", *, loads=None):
        import json
        import os

        prefix = prefix + "_"
        for key in sorted(os.environ):
            if not key.startswith(prefix):
                continue
            value = os.environ[key]
            try:
                value = (loads or json.loads)(value)
            except Exception:  # a text that is no JSON is itself
                pass
            key = key[len(prefix):]
            if "__" not in key:
                self[key] = value
                continue
            at = self
            parts = key.split("__")
            for part in parts[:-1]:
                at = at.setdefault(part, {})
            at[parts[-1]] = value
        return True

    def from_envvar(self, variable_name, silent=False):
        import os

        name = os.environ.get(variable_name)
        return bool(name) and self.from_pyfile(name, silent)

    def from_pyfile(self, filename, silent=False):
        """A file of assignments: what lies beside the project's modules is evaluated as one."""
        import os

        path = os.path.join(self.root_path, filename)
        if not os.path.isfile(path):
            if silent:
                return False
            raise FileNotFoundError("[Errno 2] Unable to load configuration file (No such file or "
                                    "directory): %r" % path)
        from _flask_files import module_name

        self.from_object(_support.import_module(module_name(path)))
        return True

    def from_file(self, filename, load, silent=False, text=True):
        import os

        path = os.path.join(self.root_path, filename)
        if silent and not os.path.isfile(path):
            return False
        with open(path, "r" if text else "rb") as file:
            return self.from_mapping(load(file))

    def get_namespace(self, namespace, lowercase=True, trim_namespace=True):
        found = {}
        for key, value in self.items():
            if key.startswith(namespace):
                key = key[len(namespace):] if trim_namespace else key
                found[key.lower() if lowercase else key] = value
        return found


def _named(name):
    """What "package.module.Class" or "package.module:Class" names."""
    name = name.replace(":", ".")
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        found = _support.attempt(lambda: _support.import_module(".".join(parts[:count])))
        if found is None or _support.is_unknown(found):
            continue
        for part in parts[count:]:
            found = getattr(found, part)
        return found
    return None
