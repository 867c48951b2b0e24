-- revision: 2b
-- down_revision: 1a
-- message: titles are looked for

-- upgrade
CREATE INDEX ix_books_title ON books (title);
-- downgrade
DROP INDEX ix_books_title;
