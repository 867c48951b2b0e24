"""Configuration of logging: levels are taken over, where messages go is not theirs to say."""
import _support
import logging


def _set_level(name, level):
    if level is None:
        return
    try:
        logging.getLogger(name).setLevel(level)
    except ValueError:
        pass


def _sections(text):
    """name -> {key: value} of a configuration file."""
    sections = {}
    current = None
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        if stripped[0] == "[" and stripped[-1] == "]":
            current = sections.setdefault(stripped[1:-1].strip(), {})
        elif current is not None and line[0] not in " \t":
            for separator in "=:":
                if separator in stripped:
                    key, _, value = stripped.partition(separator)
                    current[key.strip().lower()] = value.strip()
                    break
    return sections


def _level_of(values):
    return logging.getLevelNamesMapping().get(values.get("level", "NOTSET"), logging.NOTSET)


def _names(values, key):
    return [name.strip() for name in values.get(key, "").split(",") if name.strip()]


def _set_floor(sections):
    """What no handler of the logger "alembic" takes is shown nowhere; without any, warnings are."""
    handlers = []
    propagate = True
    for name, values in sections.items():
        if name.startswith("logger_") and values.get("qualname") == "alembic":
            handlers += _names(values, "handlers")
            propagate = values.get("propagate", "1") != "0"
    if propagate:
        handlers += _names(sections.get("logger_root", {}), "handlers")
    levels = [_level_of(sections.get("handler_" + name, {})) for name in handlers]
    _support.log_level("", min(levels) if levels else logging.WARNING)


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    if hasattr(fname, "sections"):
        sections = {name: dict(fname.items(name)) for name in fname.sections()}
    elif hasattr(fname, "read"):
        sections = _sections(fname.read())
    elif fname is None:
        return
    else:
        try:
            sections = _sections(_support.read_bytes(str(fname)).decode("utf-8", "replace"))
        except OSError:
            return
    for name, values in sections.items():
        if name == "logger_root":
            _set_level(None, values.get("level"))
        elif name.startswith("logger_"):
            _set_level(values.get("qualname", name[7:]), values.get("level"))
    _set_floor(sections)


def dictConfig(config):
    for name, values in (config.get("loggers") or {}).items():
        _set_level(name or None, values.get("level"))
    root = config.get("root")
    if root:
        _set_level(None, root.get("level"))


def listen(port=9030, verify=None):
    pass


def stopListening():
    pass
