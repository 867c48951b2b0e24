-- revision: 0001
-- message: users

-- upgrade
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE
);
-- downgrade
DROP TABLE users;
