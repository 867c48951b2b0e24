"""What is not compared with a real Python: packages that it may lack."""
import ssl
from tkinter import CASCADE
from tkinter.constants import END

from yarl import URL

assert (CASCADE, END) == ("cascade", "end")

made = URL.build(scheme="postgresql+asyncpg", host="localhost", port=5432, user="a@b", password="p@ss:w/+&=;[]%\u00e9",
                 path="/db name")
assert str(made) == ("postgresql+asyncpg://a%40b:p%40ss%3Aw%2F+&=;%5B%5D%25%C3%A9@localhost:5432/db%20name")
assert str(made.with_path("/test").with_password(None)) == "postgresql+asyncpg://a%40b@localhost:5432/test"
assert str(URL.build(scheme="mysql", host="h", user="u", password="", path="/x", query={"charset": "utf8 mb4"})) == \
    "mysql://u:@h/x?charset=utf8+mb4"
assert str(URL.build(scheme="sqlite+aiosqlite", path="///db.sqlite3")) == "sqlite+aiosqlite://///db.sqlite3"
assert str(URL("http://u:p%40@h:81/a%20b?x=1#f")) == "http://u:p%40@h:81/a%20b?x=1#f"
assert URL("http://u:p%40@h:81/a%20b?x=1#f").password == "p@"
assert (URL("http://h").path, URL("http://h").port, str(URL("http://h") / "a")) == ("/", 80, "http://h/a")

context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile="ca.pem")
assert context._retort_options() == {"sslmode": "verify-full", "sslrootcert": "ca.pem"}
context.check_hostname = False
context.load_cert_chain("client.pem", keyfile="client.key")
assert context._retort_options() == {"sslmode": "verify-ca", "sslrootcert": "ca.pem", "sslcert": "client.pem",
                                     "sslkey": "client.key"}
context.verify_mode = ssl.CERT_NONE
assert context._retort_options()["sslmode"] == "require"

# Of packages of which a part is here the rest isn't known.
from fastapi_storages import FileSystemStorage
from pgvector import Vector
from starlette import status

storage = FileSystemStorage(path="files")
codes = [status.HTTP_200_OK, Vector]
if status.HTTP_200_OK == 200:  ### "the comparison needs the value of starlette.status.HTTP_200_OK"
    pass
