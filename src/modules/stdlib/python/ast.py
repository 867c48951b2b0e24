"""ast: literals alone, no trees."""
from _literal import literal_eval
