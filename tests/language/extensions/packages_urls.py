"""What is not compared with a real Python: packages that it may lack."""
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
