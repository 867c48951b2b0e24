"""What a revision does, as plain lines that two programs write alike."""
import ast

SILENT = ("create", "drop")  # of an enum type, which Alembic leaves to the reader


def of(text):
    """One line an operation of upgrade(): its name and the names of what it is about."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("upgrade"):
            return sorted(set(lines(node)))
    return []


def lines(function):
    table = ""
    for node in walk(function):
        if isinstance(node, ast.With):
            table = named(node.items[0].context_expr, "")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and directive(node):
            about = "%s %s" % (node.func.attr, named(node, table if receiver(node) == "batch_op" else ""))
            # What is altered of a column is an operation each: one may find more than the other.
            words = [""] if node.func.attr != "alter_column" else [
                " " + name.arg for name in node.keywords if not name.arg.startswith("existing")]
            for word in words:
                yield about + word


def walk(node):
    for child in ast.iter_child_nodes(node):
        yield child
        yield from walk(child)


def receiver(call):
    return call.func.value.id if isinstance(call.func.value, ast.Name) else ""


def directive(call):
    return receiver(call) in ("op", "batch_op") and call.func.attr not in ("f", "batch_alter_table", "get_bind")


def named(call, table):
    """The table and the columns or the kind; names of constraints and indexes don't matter where they
    are chosen."""
    words = [table] if table else []
    chosen = call.func.attr in ("create_foreign_key", "create_unique_constraint")
    for argument in call.args[chosen:3]:
        words += literals(argument)
    return " ".join(words)


def literals(node):
    if isinstance(node, ast.Constant):
        return [] if node.value is None else [str(node.value)]
    if isinstance(node, ast.List):
        return [one for item in node.elts for one in literals(item)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "f" or node.func.attr == "Column":
            return literals(node.args[0])
    return []
