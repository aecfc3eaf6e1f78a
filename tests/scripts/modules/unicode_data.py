"""What `unicodedata` tells of characters and texts. Every run of equal properties counts: the sums are over all of them."""
import collections
import unicodedata as u
for c in 'aA1é½²٣字\u0301\u200b ſﬀ①Ⅷ\n\U0001F600(ا한':
    print(ascii(c), u.category(c), u.bidirectional(c), u.combining(c), u.east_asian_width(c), u.mirrored(c), u.name(c,None), u.decimal(c,None), u.digit(c,None), u.numeric(c,None))
for s in ('é','e\u0301','ﬁ ½ Å Ω','한국','ệ','e\u0323\u0302','ſ\u0323\u0307'):
    for f in ('NFC','NFD','NFKC','NFKD'):
        print(f, ascii(u.normalize(f,s)), u.is_normalized(f,s))
def strip(s): return ''.join(c for c in u.normalize('NFKD',s) if not u.combining(c))
print(strip('Crème Brûlée à la façon'))
print(u.lookup('GREEK SMALL LETTER ALPHA'), u.lookup('SNOWMAN'), u.unidata_version)
for f in (lambda:u.lookup('XX'),lambda:u.name('\n'),lambda:u.decimal('a'),lambda:u.digit('a'),lambda:u.numeric('a'),lambda:u.category('ab'),lambda:u.category(1),lambda:u.normalize('X','a'),lambda:u.normalize('NFC',1),lambda:u.name(),lambda:u.category(),lambda:u.decimal('ab')):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
for cat in sorted(collections.Counter(u.category(chr(i)) for i in range(0,0xd800)).items()): print(cat)
print(sum(u.combining(chr(i)) for i in range(0,0xd800)), sum(u.numeric(chr(i),0) for i in range(0,0xd800)))
print(len([i for i in range(0xE000, 0x30000) if u.normalize('NFC', chr(i)) != chr(i)]))
