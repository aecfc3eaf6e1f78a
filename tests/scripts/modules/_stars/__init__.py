__all__ = ["near", "count"]
count = 2
