-- revision: 0002
-- down_revision: 0001
-- message: the first user

-- upgrade
INSERT INTO users (email) VALUES ('${admin:-admin@example.com}');
-- downgrade
DELETE FROM users WHERE email = '${admin:-admin@example.com}';
