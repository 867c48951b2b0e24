"""Hashes of passwords: those of other programs are taken, and those made here can be checked."""
import hashlib

import bcrypt
from flask_bcrypt import Bcrypt
from passlib.context import CryptContext
from passlib.hash import pbkdf2_sha256, sha512_crypt
from werkzeug.security import check_password_hash, generate_password_hash

# of bcrypt's test vectors, of passlib, of RFC 6070
assert bcrypt.hashpw(b"U*U", b"$2a$05$CCCCCCCCCCCCCCCCCCCCC.") == \
    b"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
assert not bcrypt.checkpw(b"U*V", b"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")
assert pbkdf2_sha256.verify("password", "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg$hRRjgXWkW8ResfIvBP99J/T4vkgEmMRV/0tJTOjR59I")
assert hashlib.pbkdf2_hmac("sha1", b"password", b"salt", 4096).hex() == "4b007901b765489abead49d926f721d065a429c1"

salt = bcrypt.gensalt(4)
assert len(salt) == 29 and salt.startswith(b"$2b$04$")
assert bcrypt.checkpw(b"secret", bcrypt.hashpw(b"secret", salt))

context = CryptContext(schemes=["bcrypt", "pbkdf2_sha256"], deprecated="auto", bcrypt__rounds=4)
made = context.hash("admin")
assert made.startswith("$2b$04$") and len(made) == 60
assert context.verify("admin", made) and not context.verify("Admin", made)
assert context.verify("x" * 100, context.hash("x" * 100))
assert context.needs_update(pbkdf2_sha256.hash("a")) and not context.needs_update(made)
assert sha512_crypt.using(rounds=1000).hash("a").startswith("$6$rounds=1000$")

made = Bcrypt().generate_password_hash("a", 4)
assert Bcrypt().check_password_hash(made.decode("utf-8"), "a")

made = generate_password_hash("a", method="pbkdf2:sha256:1000")
assert made.startswith("pbkdf2:sha256:1000$") and check_password_hash(made, "a") and not check_password_hash(made, "b")
assert check_password_hash("pbkdf2:sha256:1000$abcdefgh$" + hashlib.pbkdf2_hmac("sha256", b"a", b"abcdefgh", 1000).hex(), "a")
CryptContext(schemes=["argon2"]).hash("a")  ### "the scheme argon2 of passlib isn't available"
