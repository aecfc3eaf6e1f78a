"""What `anext(iterator, default)` returns: awaiting it gives the default where the iterator has come to its end."""


async def anext_with_default(iterator, default):
    try:
        return await type(iterator).__anext__(iterator)
    except StopAsyncIteration:
        return default
