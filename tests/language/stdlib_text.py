# textwrap, string, urllib.parse, shlex, html, csv, io, base64, hashlib and logging.
import base64
import binascii
import csv
import hashlib
import hmac
import html
import io
import logging
import shlex
import string
import textwrap
from urllib.parse import parse_qs, quote, quote_plus, unquote, urlencode, urljoin, urlparse, urlsplit, urlunparse


def fails(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"{kind.__name__} expected")


assert textwrap.dedent("\n    a\n      b\n\n    c\n") == "\na\n  b\n\nc\n" and textwrap.dedent("  a\n\tb") == "  a\n\tb"
assert textwrap.indent("a\n\nb\n", "> ") == "> a\n\n> b\n"
long = "The quick brown fox jumps over the lazy dog, a well-known sentence."
assert textwrap.wrap(long, 20) == ["The quick brown fox", "jumps over the lazy", "dog, a well-known", "sentence."]
assert textwrap.fill("a b c", 3) == "a b\nc" and textwrap.shorten("Hello  world foo", 12) == "Hello [...]"
assert textwrap.wrap("abcdefgh", 3) == ["abc", "def", "gh"] and textwrap.wrap("") == []

assert string.Template("$a ${b} $$").substitute(a=1, b=2) == "1 2 $" and string.capwords("hello world") == "Hello World"
assert string.Template("$x").safe_substitute() == "$x" and string.digits == "0123456789"

parts = urlparse("postgresql+asyncpg://us%40er:p%2Fw@Host.example:5432/db?ssl=1&x=#f")
assert (parts.scheme, parts.hostname, parts.port, parts.path) == ("postgresql+asyncpg", "host.example", 5432, "/db")
assert (parts.username, unquote(parts.password), parts.query, parts.fragment) == ("us%40er", "p/w", "ssl=1&x=", "f")
assert urlunparse(parts) == parts.geturl() and parts._replace(path="/other").geturl().startswith("postgresql+asyncpg://us")
assert quote("a b/ü?") == "a%20b/%C3%BC%3F" and quote_plus("a b/") == "a+b%2F" and unquote("a%20%C3%BC%zz") == "a ü%zz"
assert urlencode({"a": 1, "b": "x y"}) == "a=1&b=x+y" and parse_qs("a=1&a=2&b=") == {"a": ["1", "2"]}
assert urljoin("http://a/b/c", "../d") == "http://a/d" and urljoin("http://a/b", "//h/x") == "http://h/x"
assert urlsplit("sqlite:///a.db").path == "/a.db" and urlparse("http://h").port is None

assert shlex.split("a 'b c' \"d e\" f\\ g") == ["a", "b c", "d e", "f g"] and shlex.quote("it's") == "'it'\"'\"'s'"
assert html.escape("<a&\"'>") == "&lt;a&amp;&quot;&#x27;&gt;" and html.unescape("&lt;&#65;&amp;") == "<A&"

assert list(csv.reader(['a,"b,""c""",', "1,2,3"])) == [["a", 'b,"c"', ""], ["1", "2", "3"]]
assert list(csv.DictReader(io.StringIO("x,y\n1,2\n"))) == [{"x": "1", "y": "2"}]
out = io.StringIO()
csv.writer(out).writerow(["a", "b,c", 'd"e', None, 1.5])
assert out.getvalue() == 'a,"b,c","d""e",,1.5\r\n'

buffer = io.StringIO("one\ntwo\n")
assert buffer.readline() == "one\n" and buffer.read() == "two\n" and list(io.BytesIO(b"a\nb")) == [b"a\n", b"b"]

assert base64.b64encode(b"any carnal pleas") == b"YW55IGNhcm5hbCBwbGVhcw==" and base64.b64decode("YQ==") == b"a"
assert base64.urlsafe_b64encode(b"\xff\xfe\xfd") == b"__79" and base64.b32encode(b"ab") == b"MFRA===="
fails(binascii.Error, "Incorrect padding", base64.b64decode, "YQ=")
assert hashlib.md5(b"abc").hexdigest() == "900150983cd24fb0d6963f7d28e17f72"
assert hashlib.sha1(b"abc").hexdigest() == "a9993e364706816aba3e25717850c26c9cd0d89d"
assert hashlib.blake2b(b"abc", digest_size=8).hexdigest() == "d8bb14d833d59559"
assert hashlib.blake2b(b"x" * 129, key=b"k", salt=b"s", person=b"p", digest_size=8).hexdigest() == "df4317eed8454354"
assert hashlib.new("blake2s", b"abc").hexdigest()[:16] == "508c5e8c327c14e2"
assert hashlib.sha256(b"abc").hexdigest().startswith("ba7816bf8f01cfea414140de5dae2223")
assert hmac.new(b"key", b"message", "sha256").hexdigest().startswith("6e9ef29b75fffc5b7abae527d58fdadb")
digest = hashlib.sha512()
digest.update(b"a")
digest.update(b"bc")
assert digest.hexdigest() == hashlib.sha512(b"abc").hexdigest() and digest.digest_size == 64


class Keep(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.levelname} {record.name} {record.getMessage()}")


log = logging.getLogger("tests.text")
keep = Keep()
log.addHandler(keep)
log.propagate = False
log.setLevel(logging.INFO)
log.debug("not shown")
log.info("n=%d", 5)
log.warning("%(a)s", {"a": "x"})
assert keep.lines == ["INFO tests.text n=5", "WARNING tests.text x"], keep.lines
assert log.isEnabledFor(logging.ERROR) and logging.getLogger("tests.text") is log
assert logging.getLogger("tests.text.child").getEffectiveLevel() == logging.INFO and logging.getLevelName(30) == "WARNING"
