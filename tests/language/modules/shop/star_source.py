visible = "v"
_hidden = "h"
shared = "source"
