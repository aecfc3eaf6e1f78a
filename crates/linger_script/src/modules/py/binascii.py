"""Bytes as text, and back."""

import _digests


class Error(ValueError):
    """The text does not say bytes."""


class Incomplete(Exception):
    """There was too little of it."""


def _bytes(data):
    if isinstance(data, str):
        try:
            return data.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    try:
        return memoryview(data)
    except TypeError:
        raise TypeError(f"argument should be bytes, buffer or ASCII string, not {type(data).__name__!r}") from None


def _view(data):
    try:
        return memoryview(data)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not {type(data).__name__!r}") from None


def b2a_hex(data, sep=None, bytes_per_sep=1):
    data = _view(data)
    return (data.hex() if sep is None else data.hex(sep, bytes_per_sep)).encode("ascii")


hexlify = b2a_hex


def a2b_hex(hexstr, /):
    text = bytes(_bytes(hexstr))
    if len(text) % 2:
        raise Error("Odd-length string")
    if text.translate(None, b"0123456789abcdefABCDEF"):
        raise Error("Non-hexadecimal digit found")
    return bytes.fromhex(text.decode("ascii"))


unhexlify = a2b_hex


def b2a_base64(data, /, *, newline=True):
    encoded = _digests.base64_encode(_view(data))
    return encoded + b"\n" if newline else encoded


def a2b_base64(data, /, *, strict_mode=False):
    decoded = _digests.base64_decode(_bytes(data), strict_mode)
    if isinstance(decoded, str):
        raise Error(decoded)
    return decoded


def crc32(data, crc=0, /):
    return _digests.crc32(_view(data), crc & 0xFFFFFFFF)


def crc_hqx(data, crc, /):
    crc &= 0xFFFF
    for byte in _view(data):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def a2b_uu(data, /):
    text = bytes(_bytes(data))
    size = (text[0] - 32 & 63) if text else 0
    values = []
    for letter in text[1:]:
        if letter in b"\r\n":
            break
        if not 32 <= letter <= 96:
            raise Error("Illegal char")
        values.append(letter - 32 & 63)
    values += [0] * (-(-size // 3) * 4 - len(values))
    decoded = bytearray()
    for at in range(0, len(values), 4):
        one, two, three, four = (values[at : at + 4] + [0, 0, 0])[:4]
        decoded += (one << 18 | two << 12 | three << 6 | four).to_bytes(3, "big")
    if any(decoded[size:]):
        raise Error("Trailing garbage")
    return bytes(decoded[:size])


def b2a_uu(data, /, *, backtick=False):
    data = bytes(_view(data))
    if len(data) > 45:
        raise Error("At most 45 bytes at once")
    zero = 96 if backtick else 32
    encoded = bytearray([32 + len(data) if data else zero])
    for at in range(0, len(data), 3):
        number = int.from_bytes(data[at : at + 3].ljust(3, b"\0"), "big")
        encoded += bytes((number >> shift & 63) + 32 if number >> shift & 63 else zero for shift in (18, 12, 6, 0))
    return bytes(encoded) + b"\n"
