"""Flask-Migrate: what env.py finds in the application's extensions."""


class _MigrateConfig:
    def __init__(self, migrate, db, **kwargs):
        self.migrate = migrate
        self.db = db
        self.directory = migrate.directory
        self.configure_args = kwargs

    @property
    def metadata(self):
        return self.db.metadata


class Migrate:
    made = []

    def __init__(self, app=None, db=None, directory="migrations", command="db", compare_type=True,
                 render_as_batch=True, **kwargs):
        self.db = db
        self.directory = str(directory)
        self.configure_args = {"compare_type": compare_type, "render_as_batch": render_as_batch,
                               **kwargs}
        Migrate.made.append(self)
        if app is not None and db is not None:
            self.init_app(app, db, directory)

    def init_app(self, app, db=None, directory=None, command=None, compare_type=None,
                 render_as_batch=None, **kwargs):
        self.db = db or self.db
        self.directory = str(directory or self.directory)
        self.configure_args.update(kwargs)
        if compare_type is not None:
            self.configure_args["compare_type"] = compare_type
        if render_as_batch is not None:
            self.configure_args["render_as_batch"] = render_as_batch
        app.extensions["migrate"] = _MigrateConfig(self, self.db, **self.configure_args)

    def configure(self, f):
        return f
