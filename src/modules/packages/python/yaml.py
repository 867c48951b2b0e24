"""PyYAML's loading of text: events from libyaml, values by the types of YAML 1.1."""
import base64
import re
from datetime import date, datetime, timedelta, timezone

import _yaml

_STANDARD = "tag:yaml.org,2002:"


class YAMLError(Exception):
    pass


class MarkedYAMLError(YAMLError):
    pass


class ConstructorError(MarkedYAMLError):
    pass


# ---- nodes

class Node:
    def __init__(self, tag, value):
        self.tag = tag
        self.value = value


class ScalarNode(Node):
    id = "scalar"


class SequenceNode(Node):
    id = "sequence"


class MappingNode(Node):
    id = "mapping"


_NUMBER = r"[0-9][0-9_]*"
_PATTERNS = tuple((_STANDARD + tag, re.compile(pattern)) for tag, pattern in (
    ("null", r"(~|null|Null|NULL|)\Z"),
    ("bool", r"(yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\Z"),
    ("int", r"[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*(:[0-5]?[0-9])*|0x[0-9a-fA-F_]+)\Z"),
    ("float", r"([-+]?%s\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?"
              r"|[-+]?%s(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z" % (_NUMBER, _NUMBER)),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
                  r"(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?\Z"),
    ("merge", r"<<\Z"),
))
_MOMENT = re.compile(r"(\d{4})-(\d+)-(\d+)(?:[Tt]|[ \t]+)(\d+):(\d+):(\d+)(?:\.(\d*))?[ \t]*(Z|([-+])(\d+)(?::(\d+))?)?")


def _based(digits):
    """Whole numbers of base 60, 16, 8, 2 and 10."""
    if ":" in digits:
        total = 0
        for part in digits.split(":"):
            total = total * 60 + int(part)
        return total
    for prefix, base in (("0b", 2), ("0x", 16)):
        if digits.startswith(prefix):
            return int(digits[2:], base)
    return int(digits, 8) if digits.startswith("0") and digits != "0" else int(digits)


def _signed(text, read):
    text = text.replace("_", "")
    return -read(text[1:]) if text.startswith("-") else read(text.lstrip("+"))


def _fraction(digits):
    if ":" in digits:
        total = 0.0
        for part in digits.split(":"):
            total = total * 60 + float(part)
        return total
    return float(digits.lower().lstrip(".")) if digits.lower() in (".inf", ".nan") else float(digits)


def _moment(text):
    found = _MOMENT.match(text)
    if found is None:
        return date(*(int(part) for part in text.split("-")))
    parts = found.groups()
    zone = None
    if parts[7] == "Z":
        zone = timezone.utc
    elif parts[7]:
        apart = timedelta(hours=int(parts[9]), minutes=int(parts[10] or 0))
        zone = timezone(-apart if parts[8] == "-" else apart)
    return datetime(*(int(part) for part in parts[:6]), int((parts[6] or "")[:6].ljust(6, "0")), tzinfo=zone)


class BaseLoader:
    """Every scalar is text."""

    yaml_constructors = {}
    yaml_multi_constructors = {}
    yaml_resolvers = ()
    _resolves = False

    def __init__(self, stream):
        text = stream.read() if hasattr(stream, "read") else stream
        if isinstance(text, (bytes, bytearray)):
            text = text.decode("utf-8-sig")
        self._events = iter(_yaml.events(text, MarkedYAMLError))
        self._anchors = {}
        self._made = []

    # ---- from events to nodes

    def _documents(self):
        for event in self._events:
            if event[0] == "document":
                self._anchors = {}
                yield self._compose(next(self._events))

    def _compose(self, event):
        kind, anchor, tag, value, plain = event
        if kind == "alias":
            if anchor not in self._anchors:
                raise MarkedYAMLError("found undefined alias %r" % anchor)
            return self._anchors[anchor]
        if kind == "scalar":
            node = ScalarNode(self._scalar_tag(tag, value, plain), value)
        else:
            made = SequenceNode if kind == "sequence" else MappingNode
            node = made(tag or _STANDARD + ("seq" if kind == "sequence" else "map"), [])
        if anchor is not None:
            self._anchors[anchor] = node
        if kind == "sequence":
            for inner in self._inner():
                node.value.append(inner)
        elif kind == "mapping":
            members = self._inner()
            for key in members:
                node.value.append((key, next(members)))
        return node

    def _inner(self):
        for event in self._events:
            if event[0] == "end":
                return
            yield self._compose(event)

    def _scalar_tag(self, tag, value, plain):
        if tag is not None and tag != "!":
            return tag
        if plain:
            for own, pattern in self.yaml_resolvers:
                if pattern.match(value):
                    return own
            if self._resolves:
                for own, pattern in _PATTERNS:
                    if pattern.match(value):
                        return own
        return _STANDARD + "str"

    # ---- from nodes to values

    def get_single_data(self):
        documents = list(self._documents())
        if len(documents) > 1:
            raise MarkedYAMLError("expected a single document in the stream, but found another document")
        return self.construct_object(documents[0], True) if documents else None

    def construct_object(self, node, deep=False):
        for known, value in self._made:
            if known is node:
                return value
        construct = self.yaml_constructors.get(node.tag)
        if construct is None:
            for prefix, several in self.yaml_multi_constructors.items():
                if prefix is not None and node.tag.startswith(prefix):
                    return several(self, node.tag[len(prefix):], node)
            construct = self.yaml_constructors.get(None, _own_value)
        return construct(self, node)

    def construct_scalar(self, node):
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if key.tag == _STANDARD + "value":
                    return self.construct_scalar(value)
        if not isinstance(node, ScalarNode):
            raise ConstructorError("expected a scalar node, but found %s" % node.id)
        return node.value

    def construct_sequence(self, node, deep=False):
        if not isinstance(node, SequenceNode):
            raise ConstructorError("expected a sequence node, but found %s" % node.id)
        return [self.construct_object(inner, deep) for inner in node.value]

    def construct_mapping(self, node, deep=False):
        if not isinstance(node, MappingNode):
            raise ConstructorError("expected a mapping node, but found %s" % node.id)
        made = {}
        for key, value in self._members(node):
            key = self.construct_object(key, True)
            try:
                hash(key)
            except TypeError:
                raise ConstructorError("found unhashable key") from None
            made[key] = self.construct_object(value, deep)
        return made

    def _members(self, node):
        """Its pairs; those that `<<` takes over come first."""
        merged, own = [], []
        for key, value in node.value:
            if key.tag != _STANDARD + "merge":
                own.append((key, value))
                continue
            sources = reversed(value.value) if isinstance(value, SequenceNode) else [value]
            for source in sources:
                if not isinstance(source, MappingNode):
                    raise ConstructorError("expected a mapping for merging, but found %s" % source.id)
                merged += self._members(source)
        return merged + own

    def construct_yaml_str(self, node):
        return self.construct_scalar(node)

    # ---- what a project adds

    @classmethod
    def add_constructor(cls, tag, constructor):
        cls.yaml_constructors = {**cls.yaml_constructors, tag: constructor}

    @classmethod
    def add_multi_constructor(cls, tag_prefix, multi_constructor):
        cls.yaml_multi_constructors = {**cls.yaml_multi_constructors, tag_prefix: multi_constructor}

    @classmethod
    def add_implicit_resolver(cls, tag, regexp, first):
        cls.yaml_resolvers = (*cls.yaml_resolvers, (tag, regexp))


def _own_value(loader, node):
    kind = node.tag[len(_STANDARD):] if node.tag.startswith(_STANDARD) else None
    if isinstance(node, ScalarNode):
        if not loader._resolves or kind == "str" or kind == "merge":
            return node.value
        if kind == "null":
            return None
        if kind == "bool":
            return node.value.lower() in ("yes", "true", "on")
        if kind == "int":
            return _signed(node.value, _based)
        if kind == "float":
            return _signed(node.value, _fraction)
        if kind == "timestamp":
            return _moment(node.value)
        if kind == "binary":
            return base64.b64decode(node.value)
    elif kind in ("seq", "omap", "pairs") or (kind is None and not loader._resolves
                                              and isinstance(node, SequenceNode)):
        made = []
        loader._made.append((node, made))
        made += [tuple(*loader.construct_mapping(inner).items()) if kind != "seq" else loader.construct_object(inner)
                 for inner in node.value]
        return made
    elif kind in ("map", "set") or not loader._resolves:
        made = {}
        loader._made.append((node, made))
        made.update(loader.construct_mapping(node))
        return set(made) if kind == "set" else made
    raise ConstructorError("could not determine a constructor for the tag %r" % node.tag)


class SafeLoader(BaseLoader):
    _resolves = True


class FullLoader(SafeLoader):
    pass


class Loader(SafeLoader):
    pass


class UnsafeLoader(SafeLoader):
    pass


CBaseLoader, CSafeLoader, CFullLoader, CLoader, CUnsafeLoader = BaseLoader, SafeLoader, FullLoader, Loader, UnsafeLoader
SafeConstructor = FullConstructor = Constructor = SafeLoader


def load(stream, Loader=FullLoader):
    return Loader(stream).get_single_data()


def load_all(stream, Loader=FullLoader):
    loader = Loader(stream)
    for node in loader._documents():
        loader._made = []
        yield loader.construct_object(node, True)


def safe_load(stream):
    return load(stream, SafeLoader)


def safe_load_all(stream):
    return load_all(stream, SafeLoader)


full_load = unsafe_load = safe_load
full_load_all = unsafe_load_all = safe_load_all


def add_constructor(tag, constructor, Loader=None):
    for each in (SafeLoader, FullLoader, UnsafeLoader) if Loader is None else (Loader,):
        each.add_constructor(tag, constructor)


def add_multi_constructor(tag_prefix, multi_constructor, Loader=None):
    for each in (SafeLoader, FullLoader, UnsafeLoader) if Loader is None else (Loader,):
        each.add_multi_constructor(tag_prefix, multi_constructor)


def add_implicit_resolver(tag, regexp, first=None, Loader=None, Dumper=None):
    for each in (SafeLoader, FullLoader, UnsafeLoader) if Loader is None else (Loader,):
        each.add_implicit_resolver(tag, regexp, first)
