"""Bytes as text of a few letters, after RFC 4648."""

import binascii
import struct

__all__ = [
    "encode", "decode", "encodebytes", "decodebytes", "b64encode", "b64decode", "b32encode", "b32decode", "b32hexencode", "b32hexdecode",
    "b16encode", "b16decode", "b85encode", "b85decode", "a85encode", "a85decode", "standard_b64encode", "standard_b64decode",
    "urlsafe_b64encode", "urlsafe_b64decode",
]


def _bytes(data):
    """What is to be decoded, as bytes: it may be text."""
    if isinstance(data, str):
        try:
            return data.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    if isinstance(data, (bytes, bytearray)):
        return data
    try:
        return memoryview(data).tobytes()
    except TypeError:
        raise TypeError(f"argument should be a bytes-like object or ASCII string, not {type(data).__name__!r}") from None


def b64encode(s, altchars=None):
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is None:
        return encoded
    assert len(altchars) == 2, repr(altchars)
    return encoded.translate(bytes.maketrans(b"+/", altchars))


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars is not None:
        altchars = _bytes(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32_HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _to_b32(letters, s):
    s = memoryview(s).tobytes()
    encoded = bytearray()
    for at in range(0, len(s), 5):
        part = s[at : at + 5]
        number = int.from_bytes(part.ljust(5, b"\0"), "big")
        used = (len(part) * 8 + 4) // 5
        encoded += bytes(letters[number >> shift & 31] for shift in range(35, 35 - 5 * used, -5)) + b"=" * (8 - used)
    return bytes(encoded)


def _from_b32(letters, s, casefold, map01=None):
    s = _bytes(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        map01 = _bytes(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b"01", b"O" + map01))
    if casefold:
        s = s.upper()
    size = len(s)
    s = s.rstrip(b"=")
    padding = size - len(s)
    values = {letter: at for at, letter in enumerate(letters)}
    decoded = bytearray()
    for at in range(0, len(s), 8):
        number = 0
        part = s[at : at + 8]
        for letter in part:
            if letter not in values:
                raise binascii.Error("Non-base32 digit found")
            number = number << 5 | values[letter]
        number <<= 5 * (8 - len(part))
        decoded += number.to_bytes(5, "big")
    if padding not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    return bytes(decoded[: len(decoded) - (padding * 5 + 7) // 8] if padding else decoded)


def b32encode(s):
    return _to_b32(_B32, s)


def b32decode(s, casefold=False, map01=None):
    return _from_b32(_B32, s, casefold, map01)


def b32hexencode(s):
    return _to_b32(_B32_HEX, s)


def b32hexdecode(s, casefold=False):
    return _from_b32(_B32_HEX, s, casefold)


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    if s.translate(None, b"0123456789ABCDEF"):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


_A85 = bytes(range(33, 118))
_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"


def _to_85(data, letters, pad, zeros=False, spaces=False):
    data = data if isinstance(data, (bytes, bytearray)) else memoryview(data).tobytes()
    padding = -len(data) % 4
    data = bytes(data) + b"\0" * padding
    chunks = []
    for (number,) in struct.iter_unpack("!I", data):
        if zeros and number == 0:
            chunks.append(b"z")
        elif spaces and number == 0x20202020:
            chunks.append(b"y")
        else:
            chunk = bytearray(5)
            for at in range(4, -1, -1):
                number, digit = divmod(number, 85)
                chunk[at] = letters[digit]
            chunks.append(bytes(chunk))
    if padding and not pad:
        if chunks[-1] == b"z":
            chunks[-1] = letters[:1] * 5
        chunks[-1] = chunks[-1][:-padding]
    return b"".join(chunks)


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    encoded = _to_85(b, _A85, pad, True, foldspaces)
    if adobe:
        encoded = b"<~" + encoded
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        chunks = [encoded[at : at + wrapcol] for at in range(0, len(encoded), wrapcol)]
        if adobe and len(chunks[-1]) + 2 > wrapcol:
            chunks.append(b"")
        encoded = b"\n".join(chunks)
    return encoded + b"~>" if adobe else encoded


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    b = _bytes(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    decoded = bytearray()
    group = []
    for letter in b + b"u" * 4:
        if 33 <= letter <= 117:
            group.append(letter)
            if len(group) == 5:
                number = 0
                for digit in group:
                    number = number * 85 + digit - 33
                if number > 0xFFFFFFFF:
                    raise ValueError("Ascii85 overflow")
                decoded += number.to_bytes(4, "big")
                group.clear()
        elif letter == 122:
            if group:
                raise ValueError("z inside Ascii85 5-tuple")
            decoded += b"\0\0\0\0"
        elif foldspaces and letter == 121:
            if group:
                raise ValueError("y inside Ascii85 5-tuple")
            decoded += b"    "
        elif letter not in ignorechars:
            raise ValueError(f"Non-Ascii85 digit found: {chr(letter)}")
    padding = 4 - len(group)
    return bytes(decoded[:-padding] if padding else decoded)


def b85encode(b, pad=False):
    return _to_85(b, _B85, pad)


def b85decode(b):
    b = _bytes(b)
    padding = -len(b) % 5
    b = bytes(b) + b"~" * padding
    values = {letter: at for at, letter in enumerate(_B85)}
    decoded = bytearray()
    for at in range(0, len(b), 5):
        number = 0
        for place, letter in enumerate(b[at : at + 5], at):
            if letter not in values:
                raise ValueError(f"bad base85 character at position {place}")
            number = number * 85 + values[letter]
        if number > 0xFFFFFFFF:
            raise ValueError(f"base85 overflow in hunk starting at byte {at}")
        decoded += number.to_bytes(4, "big")
    return bytes(decoded[:-padding] if padding else decoded)


def encode(input, output):
    while part := input.read(57):
        output.write(binascii.b2a_base64(part))


def decode(input, output):
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _check_buffer(s):
    try:
        memoryview(s)
    except TypeError:
        raise TypeError(f"expected bytes-like object, not {type(s).__name__}") from None


def encodebytes(s):
    _check_buffer(s)
    return b"".join(binascii.b2a_base64(s[at : at + 57]) for at in range(0, len(s), 57))


def decodebytes(s):
    _check_buffer(s)
    return binascii.a2b_base64(s)
