"""URLs."""
from collections import namedtuple as _namedtuple

_always_safe = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms",
               "https", "shttp", "snews", "prospero", "rtsp", "rsync", "svn", "svn+ssh", "sftp",
               "nfs", "git", "git+ssh", "ws", "wss"]
uses_relative = uses_netloc
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "sip",
               "sips", "mms", "sftp", "tel"]


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif not isinstance(string, bytes):
        raise TypeError("quote_from_bytes() expected bytes")
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    kept = _always_safe | frozenset(safe)
    return "".join([chr(byte) if byte in kept else "%%%02X" % byte for byte in string])


quote_from_bytes = quote


def quote_plus(string, safe="", encoding=None, errors=None):
    if isinstance(safe, bytes):
        safe = safe.decode("ascii")
    return quote(string, safe + " ", encoding, errors).replace(" ", "+")


def unquote_to_bytes(string):
    if isinstance(string, str):
        string = string.encode("utf-8")
    parts = string.split(b"%")
    out = parts[0]
    for part in parts[1:]:
        try:
            out += bytes.fromhex(part[:2].decode("ascii")) if len(part) >= 2 else b"%"
            out += part[2:] if len(part) >= 2 else part
        except ValueError:
            out += b"%" + part
    return out


def unquote(string, encoding="utf-8", errors="replace"):
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        return string
    return unquote_to_bytes(string).decode(encoding or "utf-8", errors or "replace")


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()

    def text(value):
        return quote_via(value if isinstance(value, bytes) else str(value), safe)

    pairs = []
    for key, value in query:
        if doseq and not isinstance(value, (str, bytes)) and hasattr(value, "__iter__"):
            pairs.extend(text(key) + "=" + text(one) for one in value)
        else:
            pairs.append(text(key) + "=" + text(value))
    return "&".join(pairs)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8",
              errors="replace", max_num_fields=None, separator="&"):
    pairs = []
    for part in qs.split(separator) if qs else []:
        if not part and not strict_parsing:
            continue
        name, equals, value = part.partition("=")
        if not equals:
            if strict_parsing:
                raise ValueError("bad query field: %r" % (part,))
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            pairs.append((unquote_plus(name, encoding, errors),
                          unquote_plus(value, encoding, errors)))
    return pairs


def parse_qs(qs, keep_blank_values=False, *args, **kwargs):
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values, *args, **kwargs):
        found.setdefault(name, []).append(value)
    return found


class _Netloc:
    def _user(self):
        info, at, host = self.netloc.rpartition("@")
        if not at:
            return None, None
        name, colon, password = info.partition(":")
        return name, password if colon else None

    def _host(self):
        host = self.netloc.rpartition("@")[2]
        if host.startswith("["):
            inside, bracket, rest = host[1:].partition("]")
            return inside, rest.partition(":")[2] or None
        name, colon, port = host.partition(":")
        return name, port or None

    @property
    def username(self):
        return self._user()[0]

    @property
    def password(self):
        return self._user()[1]

    @property
    def hostname(self):
        return self._host()[0].lower() or None

    @property
    def port(self):
        port = self._host()[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError("Port could not be cast to integer value as %r" % port)
        if int(port) > 65535:
            raise ValueError("Port out of range 0-65535")
        return int(port)


class SplitResult(_Netloc, _namedtuple("SplitResult", "scheme netloc path query fragment")):
    def geturl(self):
        return urlunsplit(self)


class ParseResult(_Netloc, _namedtuple("ParseResult",
                                       "scheme netloc path params query fragment")):
    def geturl(self):
        return urlunparse(self)


class DefragResult(_namedtuple("DefragResult", "url fragment")):
    def geturl(self):
        return self.url + ("#" + self.fragment if self.fragment else "")


_scheme_characters = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")


def urlsplit(url, scheme="", allow_fragments=True):
    if isinstance(url, bytes):
        url = url.decode("ascii")
    url = url.lstrip("".join(map(chr, range(33))))
    for c in "\t\r\n":
        url = url.replace(c, "")
    netloc = query = fragment = ""
    colon = url.find(":")
    if colon > 0 and url[0].isascii() and url[0].isalpha():
        if all(c in _scheme_characters for c in url[:colon]):
            scheme, url = url[:colon].lower(), url[colon + 1:]
    if url[:2] == "//":
        end = min([at for at in (url.find(c, 2) for c in "/?#") if at >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme="", allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        slash = path.rfind("/")
        at = path.find(";", max(slash, 0))
        if at >= 0:
            path, params = path[:at], path[at + 1:]
    return ParseResult(scheme, netloc, path, params, query, fragment)


def urlunsplit(components):
    scheme, netloc, path, query, fragment = components
    url = path
    if netloc or (scheme and scheme in uses_netloc and url[:2] != "//" and scheme == "file"):
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    elif url[:2] == "//":
        url = "//" + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return url


def urlunparse(components):
    scheme, netloc, path, params, query, fragment = components
    if params:
        path = "%s;%s" % (path, params)
    return urlunsplit((scheme, netloc, path, query, fragment))


def urldefrag(url):
    if "#" not in url:
        return DefragResult(url, "")
    parts = urlparse(url)
    return DefragResult(urlunparse(parts[:5] + ("",)), parts.fragment)


def urljoin(base, url, allow_fragments=True):
    if not base:
        return url
    if not url:
        return base
    b = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, b.scheme, allow_fragments)
    if scheme != b.scheme or scheme not in uses_relative:
        return url
    if netloc:
        return urlunparse((scheme, netloc, path, params, query, fragment))
    netloc = b.netloc
    if not path and not params:
        return urlunparse((scheme, netloc, b.path, b.params, query or b.query, fragment))
    base_parts = b.path.split("/")
    if base_parts[-1] != "":
        del base_parts[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = base_parts + path.split("/")
        segments[1:-1] = [segment for segment in segments[1:-1] if segment]
    resolved = []
    for segment in segments:
        if segment == "..":
            if resolved:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return urlunparse((scheme, netloc, "/".join(resolved) or "/", params, query, fragment))
