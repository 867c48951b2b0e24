"""pydantic's fields: what Field() says, and what stands for no value."""


class _Undefined:
    def __repr__(self):
        return "PydanticUndefined"

    def __bool__(self):
        return False


PydanticUndefined = Undefined = _Undefined()


class FieldInfo:
    def __init__(self, default=PydanticUndefined, default_factory=None, alias=None,
                 validation_alias=None, env=None, annotation=None, **more):
        self.default = PydanticUndefined if default is ... else default
        self.default_factory = default_factory
        self.alias = alias
        self.validation_alias = validation_alias
        self.env = env
        self.annotation = annotation
        self.metadata = []
        self.json_schema_extra = more.get("json_schema_extra")
        self.description = more.get("description")
        self.extra = more

    def is_required(self):
        return self.default is PydanticUndefined and self.default_factory is None

    def get_default(self, call_default_factory=True, **more):
        if self.default_factory is not None:
            return self.default_factory()
        if isinstance(self.default, (list, dict, set)):
            return self.default.copy()
        return self.default


def Field(default=PydanticUndefined, **more):
    return FieldInfo(default, **more)


class PrivateAttr:
    def __init__(self, default=PydanticUndefined, default_factory=None, **more):
        self.default = default
        self.default_factory = default_factory


class AliasChoices:
    def __init__(self, first_choice, *choices):
        self.choices = [first_choice, *choices]


class AliasPath:
    def __init__(self, first_arg, *args):
        self.path = [first_arg, *args]


class ConfigDict(dict):
    def __init__(self, **values):
        super().__init__(values)
