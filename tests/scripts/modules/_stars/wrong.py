__all__ = ["__name__", 3]
