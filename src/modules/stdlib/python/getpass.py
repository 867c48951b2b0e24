"""The user."""
import _support


def getuser():
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        user = _support.getenv(name)
        if user:
            return user
    raise OSError("No username set in the environment")


def getpass(prompt="Password: ", stream=None):
    _support.refuse("getpass.getpass() isn't available", "read the password from the environment")
