//! The recorded answers of CPython 3.11's `re`, and the limits that it does not have.

use super::error::Place;
use super::*;

// Pattern, flags, text, and each match: groups as start-end (`.` for none), then the last index.
static MATCHES: &[(&str, u32, &str, &str)] = &[
    ("a|b|cd", 0, "abcd", "0-1; 1-2; 2-4"),
    ("(a)|b", 0, "ab", "0-1 0-1 #1; 1-2 ."),
    ("(?:(a)|b)*", 0, "ab", "0-2 0-1 #1; 2-2 ."),
    ("(a*)*", 0, "b", "0-0 0-0 #1; 1-1 1-1 #1"),
    ("(a*)+", 0, "aab", "0-2 2-2 #1; 2-2 2-2 #1; 3-3 3-3 #1"),
    ("(a|ab)(c|bcd)(d*)", 0, "abcd", "0-4 0-1 1-4 4-4 #3"),
    ("a{2,3}", 0, "aaaaa", "0-3; 3-5"),
    ("a{2,3}?", 0, "aaaaa", "0-2; 2-4"),
    ("a{,2}b", 0, "aaab", "1-4"),
    ("a{}", 0, "a{}", "0-3"),
    ("a{1", 0, "a{1", "0-3"),
    ("x*", 0, "axb", "0-0; 1-2; 2-2; 3-3"),
    ("\\b", 0, "a b", "0-0; 1-1; 2-2; 3-3"),
    ("\\B", 0, "ab", "1-1"),
    ("\\B", 0, "", ""),
    ("^", 8, "a\nb\n", "0-0; 2-2; 4-4"),
    ("$", 8, "a\nb\n", "1-1; 3-3; 4-4"),
    ("$", 0, "a\n", "1-1; 2-2"),
    ("\\Z", 0, "a\n", "2-2"),
    ("a.c", 0, "a\nc abc", "4-7"),
    ("a.c", 16, "a\nc", "0-3"),
    ("(?i)straße", 0, "STRAßE strasse", "0-6"),
    ("[ſ]", 2, "sSſ", "0-1; 1-2; 2-3"),
    ("(?i:k)K", 0, "kK KK KK", "0-2; 3-5; 6-8"),
    ("[a-z]+", 2, "aBſK", "0-4"),
    ("[^a]", 2, "aAb", "2-3"),
    ("(?i)Σ", 0, "σςΣ", "0-1; 1-2; 2-3"),
    ("i", 2, "iIıİ", "0-1; 1-2; 2-3; 3-4"),
    ("i", 258, "iIıİ", "0-1; 1-2"),
    ("\\w+", 0, "né 9٣_x", "0-2; 3-7"),
    ("\\w+", 256, "né 9٣_x", "0-1; 3-4; 5-7"),
    ("\\d+", 0, "1٣ 2", "0-2; 3-4"),
    ("\\s+", 0, "a\u{a0}\u{1c} b", "1-4"),
    ("(?P<y>\\d{4})-(?P<m>\\d\\d)", 0, "on 2024-05 and 1999-12", "3-10 3-7 8-10 #2; 15-22 15-19 20-22 #2"),
    ("(?P<q>['\"]).*?(?P=q)", 0, "say \"it's\" 'x'", "4-10 4-5 #1; 11-14 11-12 #1"),
    ("(a)(?(1)b|c)", 0, "ab ac", "0-2 0-1 #1"),
    ("(a)?(?(1)b|c)", 0, "ab ac c", "0-2 0-1 #1; 4-5 .; 6-7 ."),
    ("(?<=a)b", 0, "ab bb", "1-2"),
    ("(?<!a)b", 0, "ab bb", "3-4; 4-5"),
    ("(?=(a+))a*b\\1", 0, "baaabac", "3-6 3-4 #1"),
    ("a(?!b)", 0, "abac", "2-3"),
    ("(?>a+)b", 0, "aab", "0-3"),
    ("(?>a|ab)c", 0, "abc", ""),
    ("a++a", 0, "aaa", ""),
    ("(?:a|ab)++c", 0, "abc", ""),
    ("a?+a", 0, "a", ""),
    ("(?s-i:.)", 2, "\n", "0-1"),
    ("(?x) a b # c\n c", 0, "abc", "0-3"),
    ("(?m)^a$", 0, "b\na\n", "2-3"),
    ("(\\w)\\1", 0, "aabbc", "0-2 0-1 #1; 2-4 2-3 #1"),
    ("(\\w)\\1", 2, "aAbB", "0-2 0-1 #1; 2-4 2-3 #1"),
    ("(?:ab){2}", 0, "ababab", "0-4"),
    ("(?:ab){2,}?", 0, "ababab", "0-4"),
    ("(a+?)(a*)", 0, "aaa", "0-3 0-1 1-3 #2"),
    ("((a)(b)?)+", 0, "aba", "0-3 2-3 2-3 1-2 #1"),
    ("[]a]+", 0, "]a", "0-2"),
    ("[^]]", 0, "]a", "1-2"),
    ("[a\\-z]+", 0, "a-z", "0-3"),
    ("[\\d-]+", 0, "1-x", "0-2"),
    ("\\x41\\u00e9\\101\\0", 0, "AéA\u{0}", "0-4"),
    ("|a", 0, "a", "0-0; 0-1; 1-1"),
    ("a||b", 0, "b", "0-0; 0-1; 1-1"),
    ("(|a)+", 0, "aa", "0-0 0-0 #1; 0-1 1-1 #1; 1-1 1-1 #1; 1-2 2-2 #1; 2-2 2-2 #1"),
    ("(?:a?)*?b", 0, "aab", "0-3"),
    ("(?:)*", 0, "a", "0-0; 1-1"),
    ("(a)|(b)|(c)", 0, "cba", "0-1 . . 0-1 #3; 1-2 . 1-2 . #2; 2-3 2-3 . . #1"),
    ("((x)|y)*z", 0, "xyz", "0-3 1-2 0-1 #1"),
    ("[\\w.]+@[\\w.]+", 0, "mail a.b@c.de, x@y", "5-13; 15-18"),
    ("\"(?:[^\"\\\\]|\\\\.)*\"", 0, "say \"a\\\"b\" and \"c\"", "4-10; 15-18"),
    ("(\\d+)(?:px|em)(?=;)", 0, "12px;3em 4em;", "0-4 0-2 #1; 9-12 9-10 #1"),
    ("日本+", 0, "x日本本y", "1-4"),
];

static ERRORS: &[(&str, &str)] = &[
    ("(", "missing ), unterminated subpattern at position 0"),
    (")", "unbalanced parenthesis at position 0"),
    ("a**", "multiple repeat at position 2"),
    ("*a", "nothing to repeat at position 0"),
    ("[a", "unterminated character set at position 0"),
    ("[", "unterminated character set at position 0"),
    ("(?P<n>a)(?P<n>b)", "redefinition of group name 'n' as group 2; was group 1 at position 12"),
    ("(?<=a*)b", "look-behind requires fixed-width pattern"),
    ("\\", "bad escape (end of pattern) at position 0"),
    ("(?z)", "unknown extension ?z at position 1"),
    ("a{3,2}", "min repeat greater than max repeat at position 2"),
    ("(?P=x)", "unknown group name 'x' at position 4"),
    ("\\1", "invalid group reference 1 at position 1"),
    ("(?(2)a)", "invalid group reference 2 at position 3"),
    ("(a(?(1)b|c|d))", "conditional backref with more than two branches at position 10"),
    ("(?i-", "missing flag at position 4"),
    ("x(?i)", "global flags not at the start of the expression at position 1"),
    ("(?<n", "unknown extension ?<n at position 1"),
    ("[z-a]", "bad character range z-a at position 1"),
    ("[\\w-a]", "bad character range \\w-a at position 1"),
    ("\\q", "bad escape \\q at position 0"),
    ("[\\q]", "bad escape \\q at position 1"),
    ("[\\A]", "bad escape \\A at position 1"),
    ("(?P<1a>x)", "bad character in group name '1a' at position 4"),
    ("(?P<>x)", "missing group name at position 4"),
    ("(?P<n", "missing >, unterminated name at position 4"),
    ("(?P>", "unknown extension ?P> at position 1"),
    ("(?", "unexpected end of pattern at position 2"),
    ("(?#", "missing ), unterminated comment at position 0"),
    ("(?(0)a)", "bad group number at position 3"),
    ("(?(x)a)", "unknown group name 'x' at position 3"),
    ("(?(-1)a)", "bad character in group name '-1' at position 3"),
    ("\\x1", "incomplete escape \\x1 at position 0"),
    ("\\u12", "incomplete escape \\u12 at position 0"),
    ("\\U00110000", "bad escape \\U00110000 at position 0"),
    ("\\400", "octal escape value \\400 outside of range 0-0o377 at position 0"),
    ("[\\400]", "octal escape value \\400 outside of range 0-0o377 at position 1"),
    ("\\8", "invalid group reference 8 at position 1"),
    ("(\\1)", "cannot refer to an open group at position 1"),
    ("(?<=(a)\\1)b", "cannot refer to group defined in the same lookbehind subpattern at position 9"),
    ("(?i", "missing -, : or ) at position 3"),
    ("(?i:", "missing ), unterminated subpattern at position 0"),
    ("(?-i", "missing : at position 4"),
    ("(?iz)", "unknown flag at position 3"),
    ("(?-)", "missing flag at position 3"),
    ("(?a-u:b)", "bad inline flags: cannot turn off flags 'a', 'u' and 'L' at position 5"),
    ("(?au)", "bad inline flags: flags 'a', 'u' and 'L' are incompatible at position 4"),
    ("(?L)", "bad inline flags: cannot use 'L' flag with a str pattern at position 3"),
    ("(?i-i:a)", "bad inline flags: flag turned on and off at position 5"),
    ("(?T)", "unknown extension ?T at position 1"),
    ("a\nb(", "missing ), unterminated subpattern at position 3 (line 2, column 2)"),
    ("\\N{x}", "undefined character name 'x' at position 0"),
    ("\\Nx", "missing { at position 2"),
    ("^*", "nothing to repeat at position 1"),
    ("(?:a)**", "multiple repeat at position 6"),
    ("(?=a", "missing ), unterminated subpattern at position 0"),
    ("a{1,2}{3}", "multiple repeat at position 6"),
    ("(?P<a b>x)", "bad character in group name 'a b' at position 4"),
];

fn always() -> bool {
    true
}

fn matches(pattern: &str, flags: u32, text: &str) -> String {
    let program = compile(pattern, false, flags).expect(pattern);
    let chars: Vec<char> = text.chars().collect();
    let haystack = if text.is_ascii() { Haystack::Bytes(text.as_bytes()) } else { Haystack::Chars(&chars) };
    let mut shown = Vec::new();
    for found in program
        .find_all(&haystack, whole(&haystack), usize::MAX, &mut Scratch::default(), &mut always)
        .expect("no limit")
    {
        let mut groups: Vec<String> = Vec::new();
        for group in &found.groups {
            groups.push(group.map_or(".".to_owned(), |(start, end)| format!("{start}-{end}")));
        }
        groups.extend(found.last_index.map(|index| format!("#{index}")));
        shown.push(groups.join(" "));
    }
    shown.join("; ")
}

#[test]
fn matches_as_recorded() {
    for (pattern, flags, text, expected) in MATCHES {
        assert_eq!(matches(pattern, *flags, text), *expected, "{pattern:?} in {text:?}");
    }
}

#[test]
fn refuses_as_recorded() {
    for (pattern, message) in ERRORS {
        let error = compile(pattern, false, 0).expect_err(pattern);
        assert_eq!(error.message, *message, "{pattern:?}");
    }
    let error = compile("a{4294967295}", false, 0).expect_err("too large");
    assert_eq!((error.kind, error.place), (RegexErrorKind::Overflow, None));
    let error = compile("a\nb(", false, 0).expect_err("unterminated");
    assert_eq!(error.place, Some(Place { position: 3, line: 2, column: 2 }));
    assert_eq!(error.text, "missing ), unterminated subpattern");
    assert_eq!(compile("a", false, flags::LOCALE).expect_err("a text").kind, RegexErrorKind::Value);
    let deep = "(".repeat(100_000);
    assert_eq!(compile(&deep, false, 0).expect_err("too deep").kind, RegexErrorKind::Recursion);
}

#[test]
fn modes_and_spans() {
    let program = compile("^a|b", false, 0).expect("valid");
    let text = Haystack::Bytes(b"aab");
    let find = |start, end, mode| {
        let found = program
            .find(&text, Span { start, end }, mode, false, &mut Scratch::default(), &mut always)
            .expect("no limit");
        found.map(|captures| captures.whole())
    };
    assert_eq!(find(0, 3, Mode::Match), Some((0, 1)));
    assert_eq!(find(1, 3, Mode::Match), None);
    assert_eq!(find(1, 3, Mode::Search), Some((2, 3)));
    assert_eq!(find(0, 2, Mode::Full), None);
    assert_eq!(find(0, 1, Mode::Full), Some((0, 1)));
    assert_eq!(find(4, 9, Mode::Search), None);
    let bytes = compile("\\w\u{ff}", true, 0).expect("valid");
    let found = bytes.find(
        &Haystack::Bytes(b"a\xff\xff"),
        Span { start: 0, end: 3 },
        Mode::Search,
        false,
        &mut Scratch::default(),
        &mut always,
    );
    assert_eq!(found.expect("no limit").map(|captures| captures.whole()), Some((0, 2)));
}

#[test]
fn long_texts_do_not_overflow() {
    let text = "ab".repeat(300_000);
    for pattern in ["(?:a|b)*", "(?:(a)|b)*", "(?:ab)*?$", "(?:(?=a)ab|ba)+", "(?>a|b)*+"] {
        let program = compile(pattern, false, 0).expect("valid");
        let haystack = Haystack::Bytes(text.as_bytes());
        let found = program.find(&haystack, whole(&haystack), Mode::Match, false, &mut Scratch::default(), &mut always);
        assert_eq!(found.expect("no limit").map(|captures| captures.whole()), Some((0, text.len())), "{pattern}");
    }
}

#[test]
fn long_patterns_do_not_overflow() {
    for part in ["()", "(?>)", "a|", "(?:b|(?=c))", "(?!d)"] {
        let program = compile(&part.repeat(20_000), false, 0).expect("valid");
        let haystack = Haystack::Bytes(b"x");
        let found = program.find(&haystack, whole(&haystack), Mode::Match, false, &mut Scratch::default(), &mut always);
        assert!(found.is_ok(), "{part}");
    }
    let nested = format!("{}x{}", "(".repeat(400), ")".repeat(400));
    assert_eq!(compile(&nested, false, 0).expect("not too deep").group_count(), 400);
}

#[test]
fn can_be_interrupted() {
    let program = compile("(a+)+b", false, 0).expect("valid");
    let text = "a".repeat(60);
    let haystack = Haystack::Bytes(text.as_bytes());
    let mut questions = 0;
    let mut go_on = || {
        questions += 1;
        questions < 10
    };
    let found = program.find(&haystack, whole(&haystack), Mode::Search, false, &mut Scratch::default(), &mut go_on);
    assert_eq!(found, Err(Stopped::Interrupted));
    assert_eq!(questions, 10);
}

#[test]
fn templates() {
    let program = compile("(a)(?P<n>b)", false, 0).expect("valid");
    let parse = |template| parse_template(template, false, &program);
    let literal = |text: &str| Part::Literal(text.to_owned());
    assert_eq!(
        parse("x\\1\\g<n>\\g<0>\\n\\101\\0\\."),
        Ok(vec![literal("x"), Part::Group(1), Part::Group(2), Part::Group(0), literal("\nA\0\\.")])
    );
    let message = |template| parse(template).expect_err("refused").message;
    assert_eq!(message("\\3"), "invalid group reference 3 at position 1");
    assert_eq!(message("\\q"), "bad escape \\q at position 0");
    assert_eq!(message("\\g<1"), "missing >, unterminated name at position 3");
    assert_eq!(message("\\g<1a>"), "bad character in group name '1a' at position 3");
    let error = parse("\\g<x>").expect_err("refused");
    assert_eq!((error.kind, error.message.as_str()), (RegexErrorKind::Index, "unknown group name 'x'"));
}

#[test]
fn escapes() {
    assert_eq!(escape("a.b é\n-_"), "a\\.b\\ é\\\n\\-_");
}

fn whole(haystack: &Haystack<'_>) -> Span {
    Span { start: 0, end: haystack.len() }
}
