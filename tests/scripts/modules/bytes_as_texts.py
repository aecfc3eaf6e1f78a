"""Bytes as base64 and its relatives, digests of them, and unique names."""
import base64
import binascii
import hashlib
import hmac
import importlib
import random
import uuid

random.seed(3)


def attempt(act, *args, **kwargs):
    try:
        print(repr(act(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


for size in [*range(12), 60, 300]:
    data = bytes(random.randrange(256) for _ in range(size))
    for encode, decode in (
        (base64.b64encode, base64.b64decode), (base64.b32encode, base64.b32decode), (base64.b32hexencode, base64.b32hexdecode),
        (base64.b16encode, base64.b16decode), (base64.b85encode, base64.b85decode), (base64.a85encode, base64.a85decode),
        (base64.urlsafe_b64encode, base64.urlsafe_b64decode), (base64.encodebytes, base64.decodebytes),
        (binascii.hexlify, binascii.unhexlify), (binascii.b2a_base64, binascii.a2b_base64),
    ):
        text = encode(data)
        print(text, decode(text) == data)
    print(base64.a85encode(data, adobe=True, wrapcol=20), base64.a85decode(base64.a85encode(data, adobe=True), adobe=True) == data)
    print(base64.b85encode(data, pad=True), binascii.crc32(data), binascii.crc32(data, 123), binascii.crc_hqx(data, 7))
    print(binascii.hexlify(data, "-", 2), binascii.b2a_uu(data[:45]), binascii.a2b_uu(binascii.b2a_uu(data[:45])) == data[:45])
    for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
        print(name, hashlib.new(name, data).hexdigest(), hmac.new(data, b"message", name).hexdigest())
for text in (
    b"YWJj", b"YWJjZA", b"YWJjZA=", b"YWJjZA==", b"Y", b"YW=J", b"YW Jj\n", b"====", b"=YWJj", b"YWJj====x", "YWJj", "é", b"YQ==YQ==",
    b"Y===", b"YWJ*j",
):
    attempt(base64.b64decode, text)
    attempt(base64.b64decode, text, validate=True)
    attempt(binascii.a2b_base64, text)
for text in (b"abc", "zz", "0g", "0A", b"a b", ""):
    attempt(binascii.unhexlify, text)
for act in (base64.b64encode, base64.b32encode, binascii.hexlify, base64.b64decode, hashlib.md5, binascii.crc32):
    attempt(act, "x")
    attempt(act, 3)
attempt(base64.b32decode, "mfrgg===", True)
attempt(base64.b32decode, "mfrgg===")
attempt(base64.b16decode, "ab")
attempt(base64.b85decode, b"\x00")
attempt(base64.a85decode, b"z!z")
attempt(base64.b64encode, b"\xff\xfe", b"-_")
whole = hashlib.sha256()
whole.update(b"a")
part = whole.copy()
whole.update(b"b")
print(whole.hexdigest(), part.hexdigest(), whole.name, whole.digest_size, whole.block_size, whole.digest())
attempt(hashlib.new, "nope")
attempt(whole.update, "s")
print(hashlib.pbkdf2_hmac("sha256", b"p", b"s", 10).hex(), hmac.compare_digest(b"a", b"a"), hmac.compare_digest("a", "b"))
name = uuid.UUID("12345678-1234-5678-1234-567812345678")
print(name, repr(name), name.int, name.hex, name.bytes, name.bytes_le, name.fields, name.version, name.variant, name.urn, name.time)
print(name == uuid.UUID(int=name.int), uuid.UUID(bytes=name.bytes) == name, uuid.UUID(bytes_le=name.bytes_le) == name)
print(uuid.uuid3(uuid.NAMESPACE_DNS, "x.org"), uuid.uuid5(uuid.NAMESPACE_URL, "y"), uuid.uuid4().version, uuid.uuid1().version)
print(len({uuid.uuid4() for _ in range(9)}), len({uuid.uuid1() for _ in range(9)}))
attempt(uuid.UUID, "x")
attempt(uuid.UUID)
attempt(uuid.UUID, int=-1)
attempt(setattr, name, "int", 3)
print(importlib.import_module("json.decoder").__name__, importlib.import_module(".decoder", "json").__name__)
attempt(importlib.import_module, "nope")
attempt(importlib.reload, 3)
