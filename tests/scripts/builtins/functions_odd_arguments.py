def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, error)


# Builtin functions with wrong counts, wrong types and odd values.
for text in """abs() abs('x') abs(1,2) all() all(5) any(5) any([0,0,3]) ascii() ascii('é\\n') bin('x') bin(-5) bin(1.5) bool(1,2) bool(x=1) bytearray(-1)
bytearray('x') bytearray('x','utf8') bytes(-1) bytes('x') bytes([300]) bytes(['a']) bytes(1.5) bytes(b'a','utf8') callable() callable(1) chr(-1) chr(0x110000) chr('a') chr(97)
chr(1.5) classmethod() compile('1','f','bad') delattr(1) delattr(1,'x') delattr(1,2) dict(1) dict([1]) dict([[1,2,3]]) dict(a=1,**{'b':2}) dict([],[]) divmod(1) divmod(1,0) divmod('a',1)
divmod(1.0,0) divmod(-7,2) divmod(7,-2.5) enumerate() enumerate(1) list(enumerate('ab',5)) list(enumerate('ab',start='x')) eval('1+') eval(1) eval('a',{'a':5}) exec(1) filter(1) list(filter(None,[0,1])) filter(None,1)
float('') float('1_0') float('1__0') float('nan') float('infinity') float('-Inf') float('0x1') float([]) float('  2.5\\n') float('1e400') float(10**400) float(1,2) format(1,2) format('a','5') format([1],'5') frozenset(1) frozenset([[]]) getattr(1) getattr(1,2)
getattr(1,'x') getattr(1,'x',5) globals(1) hasattr(1) hasattr(1,2) hasattr(1,'real') hash([]) hash({}) hash(set()) hash() hex(1.5) hex(-255) id() int('') int('x') int('1_000') int('1__0') int('_1') int('0x1f',16) int('0b1',2) int('0b1',0)
int('010',0) int('z',36) int('9',8) int('1',1) int('1',37) int(1,2) int('1',base='x') int(None) int([]) int(1.9) int(-1.9) int(float('nan')) int(float('inf')) int('  12  ') int(b'12') int('١٢') int('1 2') isinstance(1) isinstance(1,1) isinstance(1,(int,1)) isinstance(1,('a',))
isinstance(1,int|str) issubclass(1,int) issubclass(int,1) issubclass(bool,(str,int)) iter() iter(1) iter(1,2) len() len(1) len([],[]) list(1) list(1,2) list(x=1) locals(1) map() map(1) list(map(len,1)) list(map(1,[1])) list(map(None,[1])) max() max(1) max([]) max([],default=3) max(1,2,default=3)
max([1],[2],key=len) max('a',1) max(1,2,foo=1) max([1,5,2],key=lambda v:-v) min('') min([3,1],key=None) min(1,'a') next() next(1) next([]) next(iter([])) next(iter([]),5) next(iter([]),default=5) oct('8') oct(8) ord() ord('') ord('ab') ord(1) ord(b'a') ord(b'ab') pow() pow(2) pow(2,3,5) pow(2,-1,7) pow(2,-1,4)
pow(2,3,0) pow(2.0,3,5) pow('a',2) pow(0,-1) pow(0.0,-1) pow(-8,2) pow(2,0.5) pow(exp=2,base=3) print(sep=1) print(end=1) print(1,foo=2) print(file=5) property(1,2,3,4,5) range() range(1,2,3,4) range('a') range(1.0) range(1,5,0) range(5)[10] range(x=1) repr() repr(1,2) reversed() reversed(1) reversed({1}) list(reversed({'a':1})) reversed(iter([])) list(reversed(range(3)))
round() round('a') round(1.5) round(2.5) round(-2.5) round(1.25,1) round(15,-1) round(25,-1) round(-15,-1) round(1.5,'a') round(1.5,None) round(1e300,-300) round(float('nan')) round(float('inf')) round(5,100) round(1234.5678,-2) set(1) set([[]]) setattr(1) setattr(1,'x',2) setattr(1,2,3) slice() slice(1,2,3,4) slice(1) slice(1,2).indices(-1) slice(None).indices('a') sorted() sorted(1) sorted([1,'a'])
sorted([1],[2]) sorted([2,1],reverse='x') sorted([2,1],reverse=1) sorted([1],key=1) sorted([],key=1) sorted([3,1,2],key=lambda v:-v) str(1,2) str(b'a','ascii') str(b'\\xff','ascii') str(object=5) str(b'a',errors='strict') sum() sum(1) sum([1],'a') sum(['a']) sum(['a'],'') sum([[1],[2]],[]) sum([1,2],start=5) sum([b'a'],b'') super() tuple(1) tuple(1,2) type() type(1,2) type('A',(),{},1) type(1,2,3)
 type('A',(),1) type('A\\0',(),{}) vars(1) vars(1,2) list(zip()) list(zip(1)) list(zip([1],[1,2])) list(zip([1],[1,2],strict=True)) list(zip([1,2],[1],strict=True)) list(zip([1],[1],[],strict=True)) __import__() __import__(1) __import__('nope') object(1) object(x=1) staticmethod() complex() input aiter(1) anext(1)""".split():
    show(lambda: eval(text)) if "(" in text else None
