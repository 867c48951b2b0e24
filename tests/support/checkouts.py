"""The command line of the tools that run checkouts of projects by retort and by Alembic."""
import argparse
import pathlib
import sys


def parser(description):
    made = argparse.ArgumentParser(description=description)
    path = pathlib.Path
    made.add_argument("--driver", required=True, type=lambda text: str(path(text).resolve()))
    made.add_argument("--retort", required=True, type=lambda text: str(path(text).resolve()))
    made.add_argument("--python", default=sys.executable)
    made.add_argument("--table", type=path)
    made.add_argument("--details", type=path)
    made.add_argument("--cache", type=path, help="folder that keeps what Alembic answered")
    made.add_argument("checkouts", nargs="+", type=path)
    return made
