def __getattr__(name):
    if name.startswith("dyn"): return name.upper()
    raise AttributeError(name)
