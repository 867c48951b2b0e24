CREATE TABLE parent (
  id INT NOT NULL AUTO_INCREMENT,
  region VARCHAR(10) NOT NULL,
  code VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'a''b\\c',
  PRIMARY KEY (id),
  UNIQUE KEY uq_parent (region, code)
) ENGINE=InnoDB COMMENT='It''s a parent';
CREATE TABLE numbers (
  a TINYINT(1) NOT NULL DEFAULT 1,
  b SMALLINT UNSIGNED,
  c MEDIUMINT(5) UNSIGNED ZEROFILL,
  d BIGINT UNSIGNED DEFAULT 18446744073709551615,
  e DECIMAL(12,3) DEFAULT 1.500,
  f FLOAT, g DOUBLE(10,2), h FLOAT(7,3) UNSIGNED, i YEAR, j BIT(3), k BOOL, l NUMERIC,
  m INT DEFAULT (a + 1),
  n INT GENERATED ALWAYS AS (b * 2) VIRTUAL,
  o INT AS (b + 1) STORED COMMENT 'stored',
  p INT CHECK (p > 0),
  q DOUBLE DEFAULT (rand()),
  CONSTRAINT ck_b CHECK (b > 1 and b < 100 or a in (1, 2)),
  CHECK (c <> 3)
);
CREATE TABLE texts (
  a VARCHAR(50) COLLATE utf8mb4_bin,
  b CHAR(3) NOT NULL, c TEXT, d TINYTEXT, e MEDIUMTEXT, f LONGTEXT NOT NULL,
  g ENUM('x', 'y', 'it''s', 'a,b') NOT NULL DEFAULT 'x',
  h SET('p', 'q'),
  i JSON, j NVARCHAR(10), k VARCHAR(10) DEFAULT 'NULL', l VARCHAR(100) DEFAULT 'a "b" (c), `d`',
  m VARCHAR(10) COMMENT 'comment, with (all) ''kinds'' of `quotes`',
  n TEXT DEFAULT 'long', o SET('', 'z'),
  FULLTEXT KEY ft (c, d), KEY prefixed (a(10), c(20)), KEY one (b), UNIQUE KEY un (k), UNIQUE KEY part (l(10))
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci ROW_FORMAT=DYNAMIC;
CREATE TABLE times (
  a DATE, b DATETIME, c DATETIME(6) DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6),
  d TIMESTAMP NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  e TIMESTAMP NULL, f TIME(3), g TIME, h DATETIME DEFAULT '2020-01-01 00:00:00', i TIMESTAMP(3) NULL DEFAULT NULL ON UPDATE current_timestamp(3)
);
CREATE TABLE others (
  a BINARY(16), b VARBINARY(20), c BLOB, d TINYBLOB, e MEDIUMBLOB, f LONGBLOB, g UUID DEFAULT uuid(),
  j BINARY(2) DEFAULT 'ab'
);
CREATE TABLE `Child Table` (
  `id` INT PRIMARY KEY,
  `parent id` INT,
  region VARCHAR(10), code VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin,
  other INT, itself INT,
  CONSTRAINT fk_parent FOREIGN KEY (`parent id`) REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET NULL,
  CONSTRAINT fk_two FOREIGN KEY (region, code) REFERENCES parent (region, code) ON DELETE RESTRICT,
  FOREIGN KEY (other) REFERENCES parent (id) ON DELETE NO ACTION,
  FOREIGN KEY (itself) REFERENCES `Child Table` (id)
);
CREATE TABLE keyless (a INT, b INT, KEY (a), KEY descending (a DESC, b)) ENGINE=MyISAM AUTO_INCREMENT=5;
CREATE TABLE two_keys (a INT, b INT AUTO_INCREMENT, PRIMARY KEY (a, b), KEY (b)) COMMENT '';
CREATE VIEW some_view AS SELECT id, region FROM parent WHERE id > 5;
CREATE SEQUENCE numbers_seq START WITH 5;
