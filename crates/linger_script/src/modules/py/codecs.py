"""Encodings by name, as far as str and bytes know them."""

__all__ = ["BOM", "BOM_BE", "BOM_LE", "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_BE", "BOM_UTF16_LE", "BOM_UTF32",
           "BOM_UTF32_BE", "BOM_UTF32_LE", "encode", "decode", "getencoder", "getdecoder"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = BOM = BOM_UTF16 = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32_LE = BOM_UTF32 = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"


def encode(obj, encoding="utf-8", errors="strict"):
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    return obj.decode(encoding, errors)


def getencoder(encoding):
    return lambda text, errors="strict": (text.encode(encoding, errors), len(text))


def getdecoder(encoding):
    return lambda data, errors="strict": (data.decode(encoding, errors), len(data))
