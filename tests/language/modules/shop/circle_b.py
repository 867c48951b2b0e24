from shop.circle_a import A
class B:
    partner = A
def use_a(): return A.name
