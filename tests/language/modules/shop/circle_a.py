from .circle_b import B, use_a
class A:
    name = "A"
class A2(B): pass
