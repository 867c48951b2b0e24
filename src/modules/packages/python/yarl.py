"""yarl's URLs, as settings put them together."""
from urllib.parse import parse_qsl as _parse_qsl, urlsplit as _urlsplit

_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_KEPT = _UNRESERVED + "!$'()*,"
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}


def _quoted(text, safe, plus=False):
    out = []
    for byte in text.encode("utf-8"):
        char = chr(byte)
        if plus and char == " ":
            out.append("+")
        elif char in _KEPT or char in safe:
            out.append(char)
        else:
            out.append("%%%02X" % byte)
    return "".join(out)


def _quoted_user(text):
    return _quoted(text, "+&=;")


def _quoted_path(text):
    return _quoted(text, "+&=;@:/")


def _quoted_query(query):
    if query is None or isinstance(query, str):
        return query or ""
    pairs = []
    for key, value in query.items() if hasattr(query, "items") else query:
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(one, bool) or not isinstance(one, (str, int, float)):
                raise TypeError("Invalid variable type: value should be str, int or float, got %r of type %s"
                                % (one, type(one)))
            pairs.append("%s=%s" % (_quoted(key, "?/:@", True), _quoted(str(one), "?/:@", True)))
    return "&".join(pairs)


class URL:
    def __init__(self, val="", *, encoded=False):
        from urllib.parse import unquote

        parts = _urlsplit(str(val))
        self.scheme = parts.scheme
        self.user = unquote(parts.username) if parts.username else None
        self.password = unquote(parts.password) if parts.password is not None else None
        self.host = parts.hostname
        self.explicit_port = parts.port
        path = unquote(parts.path)
        self._path = path
        self.query_string = parts.query
        self.fragment = unquote(parts.fragment)

    @classmethod
    def build(cls, *, scheme="", authority="", user=None, password=None, host="", port=None, path="", query=None,
              query_string="", fragment="", encoded=False):
        if authority and (user or password or host or port):
            raise ValueError('Can\'t mix "authority" with "user", "password", "host" or "port".')
        if port is not None and not isinstance(port, int):
            raise TypeError("The port is required to be int, got %r." % type(port))
        if port and not host:
            raise ValueError('Can\'t build URL with "port" but without "host".')
        if query and query_string:
            raise ValueError('Only one of "query" or "query_string" should be passed')
        if (host or authority) and path and not path.startswith("/"):
            raise ValueError("Path in a URL with authority should start with a slash ('/') if set")
        made = cls("//" + authority) if authority else cls()
        made.scheme = scheme
        if not authority:
            made.user, made.password, made.host, made.explicit_port = user, password, host or None, port
        made._path = path
        made.query_string = _quoted_query(query) or query_string
        made.fragment = fragment
        return made

    def _changed(self, **values):
        made = URL()
        made.__dict__.update(self.__dict__)
        made.__dict__.update(values)
        return made

    @property
    def path(self):
        return self._path or ("/" if self.host is not None else "")

    @property
    def port(self):
        return self.explicit_port or _DEFAULT_PORTS.get(self.scheme)

    @property
    def query(self):
        return dict(_parse_qsl(self.query_string, keep_blank_values=True))

    @property
    def name(self):
        return self.path.rpartition("/")[2]

    @property
    def authority(self):
        user = self.user or ""
        if self.password is not None:
            user += ":" + self.password
        return (user + "@" if user else "") + self._place()

    def _place(self):
        host = self.host or ""
        if ":" in host:
            host = "[%s]" % host
        port = self.explicit_port
        if port is not None and port != _DEFAULT_PORTS.get(self.scheme):
            host += ":%d" % port
        return host

    def with_scheme(self, scheme):
        return self._changed(scheme=scheme)

    def with_user(self, user):
        return self._changed(user=user, password=self.password if user is not None else None)

    def with_password(self, password):
        return self._changed(password=password)

    def with_host(self, host):
        return self._changed(host=host)

    def with_port(self, port):
        return self._changed(explicit_port=port)

    def with_path(self, path, *, encoded=False):
        return self._changed(_path=path if path.startswith("/") else "/" + path, query_string="", fragment="")

    def with_query(self, *args, **kwargs):
        return self._changed(query_string=_quoted_query(kwargs or (args[0] if args else None)))

    def update_query(self, *args, **kwargs):
        given = kwargs or (args[0] if args else {})
        added = dict(_parse_qsl(given)) if isinstance(given, str) else dict(given or {})
        return self._changed(query_string=_quoted_query({**self.query, **added}))

    def with_fragment(self, fragment):
        return self._changed(fragment=fragment or "")

    def with_name(self, name):
        return self._changed(_path=self.path.rpartition("/")[0] + "/" + name, query_string="", fragment="")

    def joinpath(self, *others, encoded=False):
        path = self.path
        for one in others:
            if one.startswith("/"):
                raise ValueError("Appending path %r starting from slash is forbidden" % one)
            path = path.rstrip("/") + "/" + one
        return self._changed(_path=path, query_string="", fragment="")

    def __truediv__(self, name):
        return self.joinpath(str(name))

    @property
    def parent(self):
        return self._changed(_path=self.path.rpartition("/")[0] or "/", query_string="", fragment="")

    def is_absolute(self):
        return self.host is not None

    def human_repr(self):
        return str(self)

    def __str__(self):
        text = self.scheme + ":" if self.scheme else ""
        if self.host is not None or self.user or self.password:
            user = _quoted_user(self.user) if self.user else ""
            if self.password is not None:
                user += ":" + _quoted_user(self.password)
            text += "//" + (user + "@" if user else "") + self._place()
        elif self._path.startswith("//"):
            text += "//"
        text += _quoted_path(self._path)
        if self.query_string:
            text += "?" + self.query_string
        if self.fragment:
            text += "#" + _quoted(self.fragment, "+&=;?/:@")
        return text

    def __repr__(self):
        return "URL(%r)" % str(self)

    def __eq__(self, other):
        return str(self) == str(other) if isinstance(other, URL) else NotImplemented

    def __hash__(self):
        return hash(str(self))

    def __bool__(self):
        return bool(self.host or self.path or self.query_string or self.fragment)
