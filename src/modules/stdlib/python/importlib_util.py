"""Finding modules."""
import _support


def find_spec(name, package=None):
    _support.refuse("importlib.util.find_spec() isn't available",
                    "import the module: a module that isn't there is an error only when it is used")


def module_from_spec(spec):
    _support.refuse("importlib.util.module_from_spec() isn't available",
                    "import the module by its name")


spec_from_file_location = module_from_spec
