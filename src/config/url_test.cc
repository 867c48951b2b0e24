#include "config/url.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "config/redact.h"

namespace retort::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// What the tables below call "-": not there.
std::string shown(const std::optional<std::string>& value) { return value ? *value : "-"; }

std::string dump(const Url& url) {
  std::string out = std::string(backend_name(url.backend)) + "|" + shown(url.username) + "|" +
                    shown(url.password) + "|" + shown(url.host) + "|" +
                    (url.port ? std::to_string(*url.port) : "-") + "|" + shown(url.database);
  for (const auto& [key, values] : url.query) {
    for (const std::string& value : values) out += "|" + key + "=" + value;
  }
  return out;
}

struct Case {
  std::string text;
  std::string parts;     // backend|user|password|host|port|database|query...
  std::string rendered;  // with the password
};

// The parts and renderings are those SQLAlchemy's make_url gives.
TEST(Url, ParsesAndRenders) {
  const Case kCases[] = {
      {"sqlite://", "sqlite|-|-|-|-|-", "sqlite://"},
      {"sqlite:///", "sqlite|-|-|-|-|", "sqlite:///"},
      {"sqlite:///:memory:", "sqlite|-|-|-|-|:memory:", "sqlite:///%3Amemory%3A"},
      {"sqlite:///app.db", "sqlite|-|-|-|-|app.db", "sqlite:///app.db"},
      {"sqlite:////var/app.db", "sqlite|-|-|-|-|/var/app.db", "sqlite:////var/app.db"},
      {"sqlite+aiosqlite:///./a b.db", "sqlite|-|-|-|-|./a b.db", "sqlite+aiosqlite:///./a b.db"},
      {"sqlite:///file:app.db?mode=ro&uri=true", "sqlite|-|-|-|-|file:app.db|mode=ro|uri=true",
       "sqlite:///file%3Aapp.db?mode=ro&uri=true"},
      {"postgresql://scott:tiger@localhost:5432/test", "postgresql|scott|tiger|localhost|5432|test",
       "postgresql://scott:tiger@localhost:5432/test"},
      {"postgresql+asyncpg://scott@localhost/test", "postgresql|scott|-|localhost|-|test",
       "postgresql+asyncpg://scott@localhost/test"},
      {"postgres://h/d", "postgresql|-|-|h|-|d", "postgres://h/d"},
      {"postgresql://u:p%40ss%2Fw%3Ard%25@h/d", "postgresql|u|p@ss/w:rd%|h|-|d",
       "postgresql://u:p%40ss%2Fw%3Ard%25@h/d"},
      {"postgresql://u:a+b c@h/d", "postgresql|u|a+b c|h|-|d", "postgresql://u:a+b c@h/d"},
      {"postgresql://u:p/w?x@h/d", "postgresql|u|p/w?x|h|-|d", "postgresql://u:p%2Fw%3Fx@h/d"},
      {"postgresql://u:@h/d", "postgresql|u||h|-|d", "postgresql://u:@h/d"},
      {"postgresql://:pw@h/d", "postgresql||pw|h|-|d", "postgresql://:pw@h/d"},
      {"postgresql://me@corp@h/d", "postgresql|me@corp|-|h|-|d", "postgresql://me%40corp@h/d"},
      {"postgresql://[::1]:5433/d", "postgresql|-|-|::1|5433|d", "postgresql://[::1]:5433/d"},
      {"postgresql://u:p@[fe80::1%25eth0]/d", "postgresql|u|p|fe80::1%25eth0|-|d",
       "postgresql://u:p@[fe80::1%25eth0]/d"},
      {"postgresql:///d?host=/var/run/postgresql", "postgresql|-|-|-|-|d|host=/var/run/postgresql",
       "postgresql:///d?host=%2Fvar%2Frun%2Fpostgresql"},
      {"postgresql://u:p@/d?host=a:1&host=b:2", "postgresql|u|p|-|-|d|host=a:1|host=b:2",
       "postgresql://u:p@/d?host=a%3A1&host=b%3A2"},
      {"postgresql://h?b=2&a=1+x&empty=&bare", "postgresql|-|-|h|-|-|a=1 x|b=2",
       "postgresql://h?a=1+x&b=2"},
      {"mysql+pymysql://u:p@h:3306/d?charset=utf8mb4", "mysql|u|p|h|3306|d|charset=utf8mb4",
       "mysql+pymysql://u:p@h:3306/d?charset=utf8mb4"},
      {"mariadb+mariadbconnector://u@h/d", "mariadb|u|-|h|-|d", "mariadb+mariadbconnector://u@h/d"},
      {"mysql+mariadbconnector://h/d", "mysql|-|-|h|-|d", "mysql+mariadbconnector://h/d"},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    Url url = parse_url(c.text);
    EXPECT_EQ(dump(url), c.parts);
    EXPECT_EQ(url.render(false), c.rendered);
    EXPECT_EQ(parse_url(url.render(false)), url);
  }
}

TEST(Url, TakesWhatLibpqTakes) {
  EXPECT_EQ(parse_url("postgresql://h:/d"), parse_url("postgresql://h/d"));
  EXPECT_EQ(parse_url("postgresql://a:1,b/d"), parse_url("postgresql:///d?host=a:1&host=b"));
  EXPECT_THROW(parse_url("mysql://a:1,b:2/d"), Error);
  EXPECT_THROW(parse_url("postgresql://a:x,b:2/d"), Error);
}

TEST(Url, EveryKnownDriverMapsToItsBackend) {
  EXPECT_EQ(parse_url("postgresql+psycopg2cffi://h").backend, Backend::kPostgresql);
  EXPECT_EQ(parse_url("postgresql+pg8000://h").backend, Backend::kPostgresql);
  EXPECT_EQ(parse_url("mysql+asyncmy://h").backend, Backend::kMysql);
  EXPECT_EQ(parse_url("mariadb+mysqldb://h").backend, Backend::kMariadb);
  EXPECT_EQ(parse_url("sqlite+pysqlite://").driver(), "pysqlite");
  EXPECT_EQ(parse_url("sqlite://").driver(), "");
}

TEST(Url, HidesThePassword) {
  EXPECT_EQ(parse_url("postgresql://u:secret@h/d").render(), "postgresql://u:***@h/d");
  EXPECT_EQ(parse_url("postgresql:///d?user=u&password=secret").render(),
            "postgresql:///d?password=***&user=u");
}

struct BadCase {
  std::string text;
  std::string message;
  std::string hint;
};

TEST(Url, ErrorsSayWhatIsWrongAndNeverThePassword) {
  const BadCase kCases[] = {
      {"", "the database URL is empty", "sqlite:///app.db"},
      {"u:hunter2@h/d", "does not start with a dialect and '://'", "postgresql://"},
      {"postgresq://u:hunter2@h/d", "unknown database dialect 'postgresq'",
       "did you mean 'postgresql'? known dialects: sqlite, postgresql, mysql, mariadb"},
      {"oracle://u:hunter2@h/d", "unknown database dialect 'oracle'", "known dialects: sqlite"},
      {"postgresql+asyncpgg://u:hunter2@h/d", "unknown driver 'asyncpgg'",
       "did you mean 'asyncpg'?"},
      {"postgresql://u:hunter2@h:54x2/d", "the port is not a number", "%40"},
      {"postgresql://u:hunt@er2:x@h/d", "the port is not a number", "%40"},
      {"postgresql://h:70000/d", "the port is not a number", ""},
      {"postgresql://u:hunter2@[::1/d", "no closing ']'", "[::1]:5432"},
      {"postgresql://u:hunter2@[::1]x/d", "between the IPv6 host and its port", ""},
      {"postgresql://u:hunter2@h/d\nx", "line break", ""},
  };
  for (const BadCase& c : kCases) {
    SCOPED_TRACE(c.text);
    try {
      parse_url(c.text);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code::kUrl);
      EXPECT_THAT(error.message(), HasSubstr(c.message));
      EXPECT_THAT(error.hint(), HasSubstr(c.hint));
      EXPECT_THAT(error.render(), Not(HasSubstr("hunt")));
    }
  }
}

TEST(Url, SqliteFiles) {
  auto file = [](std::string_view text) { return sqlite_file(parse_url(text)); };
  EXPECT_EQ(file("sqlite://"), SqliteFile{});
  EXPECT_EQ(file("sqlite:///"), SqliteFile{});
  EXPECT_EQ(file("sqlite:///:memory:"), SqliteFile{});
  EXPECT_EQ(file("sqlite:///a.db?timeout=2.5"), (SqliteFile{"a.db", false, 2.5}));
  EXPECT_EQ(file("sqlite:////a.db?mode=ro"), (SqliteFile{"/a.db", false, std::nullopt}));
  EXPECT_EQ(file("sqlite:///file:a.db?mode=ro&uri=true&cache=shared&timeout=1"),
            (SqliteFile{"file:a.db?cache=shared&mode=ro", true, 1.0}));
  EXPECT_THROW(file("sqlite://app.db"), Error);
  EXPECT_THROW(file("sqlite:///a.db?timeout=soon"), Error);
}

TEST(Url, Hosts) {
  auto of = [](std::string_view text) { return hosts(parse_url(text)); };
  EXPECT_THAT(of("postgresql:///d"), ElementsAre(HostPort{}));
  EXPECT_THAT(of("postgresql://h:1/d"), ElementsAre(HostPort{"h", 1}));
  EXPECT_THAT(of("postgresql:///d?host=/run/pg&port=5433"), ElementsAre(HostPort{"/run/pg", 5433}));
  EXPECT_THAT(of("postgresql:///d?host=a:1&host=b:2&host=c"),
              ElementsAre(HostPort{"a", 1}, HostPort{"b", 2}, HostPort{"c", std::nullopt}));
  EXPECT_THAT(of("postgresql:///d?host=a,b&port=1,2"),
              ElementsAre(HostPort{"a", 1}, HostPort{"b", 2}));
  EXPECT_THAT(of("postgresql:///d?host=a,b&port=7"),
              ElementsAre(HostPort{"a", 7}, HostPort{"b", 7}));
  EXPECT_THAT(of("postgresql://a:1,[::1]:2/d"), ElementsAre(HostPort{"a", 1}, HostPort{"::1", 2}));
  EXPECT_THROW(of("postgresql:///d?host=a,b,c&port=1,2"), Error);
  EXPECT_THROW(of("postgresql:///d?host=a:1&host=b:2&port=3"), Error);
}

TEST(Redact, MasksPasswordsAndKeepsOffsets) {
  const std::pair<std::string, std::string> kCases[] = {
      {"url = pg://u:secret@h/d", "url = pg://u:******@h/d"},
      {"url = pg://u:p@ss@h/d", "url = pg://u:****@h/d"},
      {"url = pg://u@h:5/d", "url = pg://u@h:5/d"},
      {"url = pg://u:%(pw)s@h", "url = pg://u:%(pw)s@h"},
      {"url = pg://u:${PW}@h", "url = pg://u:${PW}@h"},
      {"url = pg://u:${PW:-x}@h", "url = pg://u:********@h"},
      {"db_password = abc\nx = 1\n", "db_password = ***\nx = 1\n"},
      {"TOKEN=%(x)s", "TOKEN=%(x)s"},
      {"see http://example.org/a:b", "see http://example.org/a:b"},
  };
  for (const auto& [text, want] : kCases) EXPECT_EQ(redact(text), want);
}

}  // namespace
}  // namespace retort::config
