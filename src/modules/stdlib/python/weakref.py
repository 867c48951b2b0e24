"""References; everything lives as long as the evaluation, so these are plain ones."""


class ref:
    def __init__(self, object, callback=None):
        self._object = object

    def __call__(self):
        return self._object


ReferenceType = WeakMethod = ref


def proxy(object, callback=None):
    return object


class WeakValueDictionary(dict):
    pass


class WeakKeyDictionary(dict):
    pass


class WeakSet(set):
    pass


class finalize:
    alive = True

    def __init__(self, obj, func, /, *args, **kwargs):
        pass

    def detach(self):
        pass
