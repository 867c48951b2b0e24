-- revision: 0001
-- message: the first table

-- upgrade
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email VARCHAR(255) NOT NULL UNIQUE
);

-- downgrade
DROP TABLE users;
