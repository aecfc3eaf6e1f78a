def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, error)


# Methods of strings with odd arguments.
for text in """s.capitalize(1) s.casefold() s.center() s.center(10) s.center(10,'') s.center(10,'ab') s.center(10,5) s.center('a') s.center(11,'*') s.count() s.count('') s.count('l') s.count('l',3) s.count('l',-2,100) s.count(1) s.count('l','a') s.encode('nope') s.encode('ascii') s.encode(5) s.encode('utf-8','nope') s.encode(encoding='latin-1')
s.endswith() s.endswith('o') s.endswith(('x','o')) s.endswith(['o']) s.endswith(5) s.endswith((1,)) s.endswith('o',0,3) s.endswith('') s.expandtabs('a') s.expandtabs(2) s.find() s.find('l') s.find('l',3) s.find('z') s.find('') s.find('',10) s.find('',5) s.find(1) s.find('l',None,None) s.format(1,2) s.format_map({}) s.index('z') s.index('l') s.isalnum(1) s.isidentifier() s.join() s.join(5) s.join([1]) s.join(['a',1]) s.join('abc') s.join([]) s.join(['x']) s.join({'k':1})
s.ljust(8,'-') s.ljust(2) s.ljust('x') s.lower(1) s.lstrip('he') s.lstrip(5) s.lstrip(None) s.maketrans('a') s.maketrans('ab','c') s.maketrans('ab','cd','e') s.maketrans({'a':1}) s.maketrans({'ab':1}) s.maketrans({1.5:1}) s.maketrans(1) s.maketrans({97:'x'}) s.partition() s.partition('') s.partition('l') s.partition('z') s.partition(5) s.removeprefix('he') s.removeprefix(5) s.removesuffix('lo') s.removesuffix() s.replace('l') s.replace('l','L') s.replace('l','L',1) s.replace('','-') s.replace('l','L',-1) s.replace('l',5) s.replace('l','L','x') s.replace('','-',3) s.replace(old='l',new='L') s.rfind('l') s.rfind('l',0,3) s.rfind('') s.rindex('z') s.rjust(8) s.rpartition('l') s.rpartition('z') s.rsplit('l',1) s.rsplit(None,1) s.rstrip('lo') s.split('') s.split(5) s.split('l') s.split('l',1) s.split(maxsplit=0) s.split('l',maxsplit='a') s.split(sep=None) s.split(None,-1)
s.splitlines(1) s.splitlines('a') s.splitlines(keepends=True) s.startswith('he') s.startswith(('x','h')) s.startswith('e',1) s.startswith(5) s.startswith() s.strip('ho') s.strip(1) s.swapcase() s.title() s.translate() s.translate({104:'J'}) s.translate({104:None}) s.translate({104:74}) s.translate({104:1.5}) s.translate('abcdef') s.translate([None]*200) s.translate({104:0x110000}) s.translate(5) s.upper() s.zfill() s.zfill(8) s.zfill('a') s.zfill(-1) s[10] s[-10] s['a'] s[1.5] s[None] s[1:'a'] s[::0] s[1,2] s+1 s+None 1+s s*'a' s*1.5 s-1 s%5 s%(1,) s/2 s<5 s<'z' s=='hello' s==5 s!=None 5.in.s 'ell'.in.s s() s.foo s.__len__() s.__add__(5) s.__mul__('x') s.__contains__('h') s.__contains__(5) s.__getitem__(0) s.__class__ s.__eq__(5) -s ~s s.__mod__(5) s.__rmod__('a') s.__getnewargs__() s.__format__('>8') s.__format__(5) s.__iter__ iter(s) reversed(s) list(reversed(s)) max(s) min('') sorted(s) hash(s)==hash('hello') s.__hash__()==hash(s)""".split():
    text = text.replace(".in.", " in ")
    value = eval("lambda s: " + text)
    try:
        result = repr(value("hello"))
        print(text, result if " at 0x" not in result else "object")
    except Exception as error:
        print(text, type(error).__name__, error)
for text in ["-42", "+7", "", "-", "--1", "x"]:
    print(text.zfill(5), text.center(6, "*"), text.isdigit(), text.isidentifier())
print("Hello World".swapcase(), "they're bill's".title(), "ß".upper(), "ŉ".capitalize(), "ǆ".title(), "İ".lower(), "Σίσυφος".lower(), "ﬁ".upper())
print("a\tb\tc".expandtabs(), "a\tb".expandtabs(0), "ab\t\nc\t".expandtabs(4), repr("\t".expandtabs(-1)))
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i".splitlines(), "a\n\nb\n".splitlines(True), "".splitlines(), "\n".splitlines())
print(" a  b ".split(), " a  b ".split(" "), "a,b,".split(","), "".split(), "".split(","), "a b c d".split(None, 2), " a b c ".rsplit(None, 1), "a--b---c".rsplit("--"))
