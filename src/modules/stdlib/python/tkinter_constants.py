"""The constants of tkinter. Editors that add imports by themselves offer them for names like CASCADE."""
NO = FALSE = OFF = 0
YES = TRUE = ON = 1

N, S, W, E, NW, SW, NE, SE, NS, EW, NSEW = "n", "s", "w", "e", "nw", "sw", "ne", "se", "ns", "ew", "nsew"
CENTER = "center"
NONE, X, Y, BOTH = "none", "x", "y", "both"
LEFT, TOP, RIGHT, BOTTOM = "left", "top", "right", "bottom"
RAISED, SUNKEN, FLAT, RIDGE, GROOVE, SOLID = "raised", "sunken", "flat", "ridge", "groove", "solid"
HORIZONTAL, VERTICAL = "horizontal", "vertical"
NUMERIC = "numeric"
CHAR, WORD = "char", "word"
BASELINE = "baseline"
INSIDE, OUTSIDE = "inside", "outside"
SEL, SEL_FIRST, SEL_LAST = "sel", "sel.first", "sel.last"
END, INSERT, CURRENT, ANCHOR, ALL = "end", "insert", "current", "anchor", "all"
NORMAL, DISABLED, ACTIVE, HIDDEN = "normal", "disabled", "active", "hidden"
CASCADE, CHECKBUTTON, COMMAND, RADIOBUTTON, SEPARATOR = ("cascade", "checkbutton", "command", "radiobutton",
                                                         "separator")
SINGLE, BROWSE, MULTIPLE, EXTENDED = "single", "browse", "multiple", "extended"
DOTBOX, UNDERLINE = "dotbox", "underline"
PIESLICE, CHORD, ARC = "pieslice", "chord", "arc"
FIRST, LAST = "first", "last"
BUTT, PROJECTING, ROUND = "butt", "projecting", "round"
BEVEL, MITER = "bevel", "miter"
MOVETO, SCROLL = "moveto", "scroll"
UNITS, PAGES = "units", "pages"
