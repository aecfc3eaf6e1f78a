def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, error)


# Methods of bytes and bytearray with odd arguments.
import builtins
TESTS = """b.capitalize() b.center(9) b.center(9,b'*') b.center(9,'*') b.center(9,b'') b.center('a') b.count(b'l') b.count(108) b.count(300) b.count('l') b.count() b.decode() b.decode('ascii') b.decode('nope') b.decode(5) b.endswith(b'o') b.endswith((b'x',b'o')) b.endswith('o') b.endswith(5) b.endswith([b'o']) b.expandtabs() b.find(b'l') b.find(108) b.find('l') b.find(-1) b.find(b'') b.fromhex('6162') b.fromhex('6') b.fromhex('zz') b.fromhex(5) b.fromhex(' 61\\n62 ') b.hex() b.hex(':') b.hex(':',2) b.hex(':',-2) b.hex('ab') b.hex(5) b.hex('é') b.index(b'z') b.index(b'l') b.isalnum() b.isalpha() b.isascii() b.isdigit() b.islower() b.isspace() b.istitle() b.isupper() b.join([b'a',b'b']) b.join(['a']) b.join([1]) b.join(5) b.join([bytearray(b'x')]) b.ljust(8) b.lower() b.lstrip() b.lstrip(b'he') b.lstrip('h') b.maketrans(b'ab',b'cd') is not None b.maketrans(b'a',b'bc') b.maketrans('a','b') b.partition(b'l') b.partition('l') b.partition(b'') b.removeprefix(b'he') b.removeprefix('he') b.removesuffix(b'lo') b.replace(b'l',b'LL') b.replace(b'l',b'',1) b.replace('l','L') b.replace(b'',b'-') b.rfind(b'l') b.rindex(b'q') b.rjust(8,b'.') b.rpartition(b'l') b.rsplit(b'l',1) b.rstrip(b'o') b.split(b'l') b.split() b.split(b'') b.split('l') b.split(None,1) b.splitlines() b.startswith(b'he') b.startswith('he') b.strip(b'ho') b.strip(5) b.swapcase() b.title() b.translate(None,b'l') b.translate(bytes(range(256))) b.translate(b'x') b.translate(5) b.upper() b.zfill(8) b[0] b[-1] b[10] b['a'] b[1:3] b[::-1] b[1.5] b[None] b+b'x' b+'x' b+5 b+bytearray(b'q') bytearray(b'q')+b b*2 b*'a' b%5 b<b'z' b<'z' b==b'hello' b=='hello' b==bytearray(b'hello') 104_in_b b'ell'_in_b 'e'_in_b 300_in_b list(b) len(b) hash(b)==hash(b'hello') b() b.foo b.__getnewargs__() b.__bytes__() -b b.__add__(5) b.__contains__('a') str(b) repr(b) bytes(b) bytearray(b) tuple(b) sorted(b) max(b) b.__len__() b.__mod__(5) b'%s'%b b'%d'%5 b'%d'%'a' b'%x'%b b'%c'%65 b'%c'%b'A' b'%c'%300 b'%c'%'A' b'%r'%b b'%a'%'é' b'%b'%b b'%b'%'x' b'%5.1f|'%2.25 b'%(a)s'%{b'a':b} b'%'%1 b'%s%s'%(b,)""".split()
for kind in (bytes, bytearray):
    for text in TESTS:
        text = text.replace("_in_", " in ")
        if text in ("is", "not", "None"):
            continue
        try:
            print(text, repr(eval(text, {"b": kind(b"hello"), "__builtins__": builtins})))
        except Exception as error:
            print(text, type(error).__name__, error)


def change(text):
    b = bytearray(b"hello")
    try:
        exec(text, {"b": b})
        print(text, b)
    except Exception as error:
        print(text, type(error).__name__, error, b)


for text in ["b[0] = 72", "b[0] = 300", "b[0] = -1", "b[0] = 'a'", "b[0] = b'a'", "b[9] = 1", "b['a'] = 1", "b[1:3] = b'XYZ'", "b[1:3] = 'ab'", "b[1:3] = [1, 2, 3]", "b[1:3] = 5", "b[::2] = b'abc'", "b[::2] = b'a'", "del b[0]", "del b[9]", "del b[1:3]", "del b[::2]", "b.append(33)", "b.append(300)", "b.append('a')", "b.append()", "b.extend(b'xy')", "b.extend([1, 2])",
             "b.extend('xy')", "b.extend([300])", "b.extend(5)", "b.insert(0, 65)", "b.insert(0, 300)", "b.insert('a', 1)", "b.pop()", "b.pop(0)", "b.pop(9)", "b.pop('a')", "b.remove(104)", "b.remove(1)", "b.remove('h')", "b.clear()", "b.reverse()", "b.copy()", "b += b'!'", "b += '!'", "b += [33]", "b *= 2", "b *= -1", "b *= 'a'", "b[:] = b''", "b[2:2] = b'--'", "b.x = 1", "b = b[1:]", "bytes(b)[0] = 1", "del bytes(b)[0]", "bytearray().pop()", "b[::-1] = b'abcde'", "b[0:2] = bytearray(b'Q')", "b[0] += 1"]:
    change(text)
