//! Bytes → text: the encoding found, line ends and unusable characters put right.
//!
//! 1. A byte-order mark says what the file is. Without one, zeros in every other byte are UTF-16.
//! 2. What begins like a known binary format, or is full of control characters, is no text.
//! 3. Valid UTF-8 is UTF-8. So is UTF-8 with a few broken places: one stray byte must not turn every other
//!    letter of a file into two.
//! 4. A page in HTML may say what it is in. What is UTF-8 all the same was saved anew by somebody who left the label.
//! 5. Anything else goes to the detector that browsers use for pages that do not say.
//! 6. What is meant for a terminal ([`terminal`]) is left out.
//! 7. `\r\n` and `\r` become `\n`; NUL and non-characters become U+FFFD.
//!
//! Everything is linear in the size of the file.

mod terminal;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_16BE, UTF_16LE};

use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::hypertext;
use crate::invisible;
use crate::said::{Said, said};
use crate::source::{Source, Span};

/// Decodes a file. `None` stands for a file that is no text at all (or, decoded, larger than places in it
/// can be numbered); it is then among the diagnostics as an error.
pub fn decode(shown: &str, bytes: Vec<u8>) -> Warned<Option<Source>> {
    let refuse = |code, message: Said| Warned {
        value: None,
        diagnostics: vec![Diagnostic::file(Severity::Error, code, shown, message)],
    };
    let declared = if hypertext::is_named(shown) { declared(&bytes) } else { None };
    let decoded = match to_text(bytes, declared) {
        Ok(decoded) => decoded,
        Err(kind) => {
            return refuse(
                Code::Binary,
                said!("{}, not a text; the file is left out", Said::new(kind, Vec::new())),
            );
        }
    };
    // Each stray byte becomes three: a file below the limit may be a text above it.
    if decoded.text.len() as u64 > crate::discover::MAX_SOURCE {
        return refuse(
            Code::TooLarge,
            said!("as UTF-8 larger than 4 GiB, which is more than a document can have"),
        );
    }
    let Decoded { text, encoding, undecoded } = decoded;
    // The first place that could not be decoded is told by where it stands.
    let plain = if undecoded.is_none() { terminal::plain(&text) } else { None };
    let was_printed = plain.is_some();
    let normal = normalise(plain.unwrap_or(text), undecoded.map(|u| u.first));
    let source = Source::new(shown, normal.text);
    let at = |severity, offset: usize, message: Said| {
        let end = source.text[offset..].chars().next().map_or(offset, |c| offset + c.len_utf8());
        Diagnostic::at(severity, Code::Encoding, &source, Span::new(offset, end), message)
    };

    let mut diagnostics = Vec::new();
    if encoding != "UTF-8" {
        let message = said!("decoded as {}", encoding);
        diagnostics.push(
            Diagnostic::file(Severity::Note, Code::Encoding, shown, message)
                .hint(said!("if words look wrong, save the file as UTF-8")),
        );
    }
    if was_printed {
        let message = said!("overstrikes and colours for a terminal are left out");
        diagnostics.push(Diagnostic::file(Severity::Note, Code::Encoding, shown, message));
    }
    if let (Some(undecoded), Some(offset)) = (undecoded, normal.tracked) {
        let message = said!(
            "{} places could not be decoded as {} and read U+FFFD; here is the first",
            undecoded.count,
            encoding
        );
        diagnostics.push(
            at(Severity::Warning, offset, message)
                .hint(said!("open the file in its own encoding and save it as UTF-8")),
        );
    }
    if let Some((count, offset)) = normal.unusable {
        let message = said!("{} NULs or non-characters read U+FFFD; here is the first", count);
        diagnostics.push(at(Severity::Warning, offset, message));
    }
    diagnostics.extend(unseen(&source));
    Warned { value: Some(source), diagnostics }
}

/// Reports signs that nobody sees.
fn unseen(source: &Source) -> impl Iterator<Item = Diagnostic> {
    let kinds = [
        (
            Severity::Warning,
            (|count, sign| {
                said!("{} signs ({}) turn the direction of the text; here is the first", count, sign)
            }) as fn(usize, Said) -> Said,
            said!("the page shows them as �"),
        ),
        (
            Severity::Note,
            |count, sign| said!("{} signs ({}) cannot be seen; here is the first", count, sign),
            said!("words may not be what they look like"),
        ),
    ];
    let found = invisible::find(&source.text).into_iter().zip(kinds);
    found.filter_map(move |(found, (severity, message, hint))| {
        let found = found?;
        let message = message(found.count, invisible::name(found.sign));
        let span = Span::new(found.at, found.at + found.sign.len_utf8());
        Some(Diagnostic::at(severity, Code::Invisible, source, span, message).hint(hint))
    })
}

/// Says if a document has no word behind its front matter. It gets its page all the same.
pub fn wordless(source: &Source) -> Option<Diagnostic> {
    let empty = !source.text[source.body_start..].chars().any(char::is_alphanumeric);
    empty.then(|| {
        Diagnostic::file(
            Severity::Warning,
            Code::Empty,
            source.path.clone(),
            said!("a document without a single word"),
        )
    })
}

struct Decoded {
    text: String,
    encoding: &'static str,
    undecoded: Option<Undecoded>,
}

/// Places that could not be decoded.
#[derive(Clone, Copy)]
struct Undecoded {
    count: usize,
    /// Offset in the text of the first U+FFFD that stands for one.
    first: usize,
}

/// The text, or what kind of binary data it is.
fn to_text(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Decoded, &'static str> {
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            reject_controls(rest)?;
            return Ok(utf8_with_damage(rest));
        }
        // The UTF-16 mark and a NUL read the same as the UTF-32 one; no text begins with a NUL.
        [0xFF, 0xFE, 0, 0, rest @ ..] if rest.len().is_multiple_of(4) => {
            return utf32(rest, u32::from_le_bytes, "UTF-32LE");
        }
        [0, 0, 0xFE, 0xFF, rest @ ..] => return utf32(rest, u32::from_be_bytes, "UTF-32BE"),
        [0xFF, 0xFE, rest @ ..] => return reject_text(encoded(rest, UTF_16LE)),
        [0xFE, 0xFF, rest @ ..] => return reject_text(encoded(rest, UTF_16BE)),
        _ => {}
    }
    if let Some(kind) = known_binary(&bytes) {
        return Err(kind);
    }
    if let Some(decoded) = utf16_without_mark(&bytes) {
        return Ok(decoded);
    }
    reject_controls(&bytes)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(iso_2022_jp(&text).unwrap_or(Decoded { text, encoding: "UTF-8", undecoded: None })),
        Err(error) => {
            let bytes = error.into_bytes();
            let census = Census::of(&bytes);
            // In UTF-8 with broken places the sound letters outnumber the broken ones. In another encoding
            // bytes above ASCII form valid sequences by accident alone: in the likeliest case, two-byte
            // sequences of East Asian text, well below half as often as not.
            if census.sound > 2 * census.broken {
                return Ok(utf8_with_damage(&bytes));
            }
            if let Some(declared) = declared {
                return Ok(encoded(&bytes, declared));
            }
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(&bytes, true);
            Ok(encoded(&bytes, detector.guess(None, Utf8Detection::Deny)))
        }
    }
}

/// The encoding that a page declares, near its beginning: `<meta charset=…>`, `content="text/html; charset=…"`, or
/// `<?xml encoding=…?>`. One that could not be read up to there is none.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    /// As far as browsers look.
    const NEAR: usize = 1024;
    let head = bytes[..bytes.len().min(NEAR)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let in_tag = |at: usize| {
        let open = head[..at].rfind('<').unwrap_or(0);
        head[open..].starts_with("<meta") || head[open..].starts_with("<?xml")
    };
    let labels = ["charset", "encoding"].into_iter().flat_map(|key| head.match_indices(key));
    let value = labels.filter(|(at, _)| in_tag(*at)).find_map(|(at, key)| {
        let value = head[at + key.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        value.split(|c: char| c.is_whitespace() || "\"'>;/?".contains(c)).next()
    })?;
    let encoding = Encoding::for_label(value.as_bytes())?;
    (encoding != UTF_16LE && encoding != UTF_16BE && encoding != encoding_rs::UTF_8).then_some(encoding)
}

/// True for bytes that texts do not hold: ASCII controls but for those of layout, and escape, which
/// ISO-2022-JP and terminal logs have.
#[inline]
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=7 | 0x0E..=0x1A | 0x1C..=0x1F)
}

/// Refuses what has more control characters than a damaged text would: of random bytes every tenth is one,
/// of texts with stray NULs not every thirtieth.
fn reject_controls(bytes: &[u8]) -> Result<(), &'static str> {
    let (controls, length) = (bytes.iter().filter(|&&b| is_control(b)).count(), bytes.len());
    let many = controls * 30 > length && (controls >= 8 || controls * 2 > length);
    if many { Err("binary data") } else { Ok(()) }
}

fn reject_text(decoded: Decoded) -> Result<Decoded, &'static str> {
    reject_controls(decoded.text.as_bytes()).map(|()| decoded)
}

/// Formats that lie among texts under a wrong name, by how they begin.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 17] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive (or a word processor's file)"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"\x7fELF", "a program"),
        (b"\x1f\x8b\x08", "gzip data"),
        (b"BZh91AY&SY", "bzip2 data"),
        (b"\xFD7zXZ\0", "xz data"),
        (b"\x28\xB5\x2F\xFD", "zstd data"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a word processor's file"),
        (b"SQLite format 3\0", "a database"),
        (b"\xCA\xFE\xBA\xBE", "a program"),
        (b"{\\rtf1", "rich text (RTF)"),
        (b"AT&TFORM", "a DjVu document"),
    ];
    // These begin with letters that a text may begin with: they need zeros to be believed.
    const SIGNS_WITH_ZEROS: [(&[u8], &str); 5] = [
        (b"GIF8", "a GIF image"),
        (b"RIFF", "sound or an image"),
        (b"II*\0", "a TIFF image"),
        (b"OggS", "sound"),
        (b"MZ", "a program"),
    ];
    let zeros = bytes.iter().take(512).any(|&b| b == 0);
    let sure = SIGNS.iter().find(|s| bytes.starts_with(s.0));
    sure.or_else(|| SIGNS_WITH_ZEROS.iter().find(|s| zeros && bytes.starts_with(s.0))).map(|s| s.1)
}

/// UTF-16 without a mark: ASCII and the blanks of any script have a zero on one side, always the same.
fn utf16_without_mark(bytes: &[u8]) -> Option<Decoded> {
    /// Enough to see the pattern.
    const SAMPLE: usize = 1 << 16;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if !sample.contains(&0) {
        return None;
    }
    let mut zeros = [0usize; 2];
    for (i, &byte) in sample.iter().enumerate() {
        zeros[i % 2] += usize::from(byte == 0);
    }
    let pairs = sample.len() / 2;
    let [even, odd] = zeros;
    let encoding = match (even, odd) {
        // A twentieth: in Russian or Chinese prose only blanks, digits and line ends have a zero.
        (0, odd) if odd > 1 && odd * 20 >= pairs => UTF_16LE,
        (even, 0) if even > 1 && even * 20 >= pairs => UTF_16BE,
        _ => return None,
    };
    let decoded = encoded(bytes, encoding);
    let sound = decoded.undecoded.is_none() && !decoded.text.bytes().any(is_control);
    sound.then_some(decoded)
}

fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32, encoding: &'static str) -> Result<Decoded, &'static str> {
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut undecoded = None;
    let mut chunks = bytes.chunks_exact(4);
    let mut push = |text: &mut String, c: Option<char>| {
        if c.is_none() {
            undecoded.get_or_insert(Undecoded { count: 0, first: text.len() }).count += 1;
        }
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    };
    for chunk in &mut chunks {
        push(&mut text, char::from_u32(unit([chunk[0], chunk[1], chunk[2], chunk[3]])));
    }
    if !chunks.remainder().is_empty() {
        push(&mut text, None);
    }
    reject_text(Decoded { text, encoding, undecoded })
}

fn encoded(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let undecoded = broken.then(|| Undecoded {
        count: text.matches(char::REPLACEMENT_CHARACTER).count(),
        first: text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0),
    });
    Decoded { text, encoding: encoding.name(), undecoded }
}

/// Japanese mail text is ASCII to every other test: its letters stand between escape sequences.
fn iso_2022_jp(text: &str) -> Option<Decoded> {
    if !text.contains('\x1b') || !text.contains("\x1b$") || !text.is_ascii() {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(text.as_bytes(), true);
    if detector.guess(None, Utf8Detection::Allow) != ISO_2022_JP {
        return None;
    }
    Some(encoded(text.as_bytes(), ISO_2022_JP)).filter(|d| d.undecoded.is_none())
}

/// Sequences of bytes above ASCII, counted as UTF-8.
#[derive(Default)]
struct Census {
    sound: usize,
    broken: usize,
}

impl Census {
    fn of(bytes: &[u8]) -> Census {
        let mut census = Census::default();
        for piece in pieces(bytes) {
            match piece {
                Piece::Sound(text) => census.sound += text.chars().filter(|c| !c.is_ascii()).count(),
                // Half of a pair, as some programs write it, has the form of UTF-8 and of nothing else.
                Piece::Surrogate => census.sound += 3,
                Piece::Broken => census.broken += 1,
            }
        }
        census
    }
}

enum Piece<'a> {
    Sound(&'a str),
    Surrogate,
    Broken,
}

/// Bytes as UTF-8 and what interrupts it.
fn pieces(mut rest: &[u8]) -> impl Iterator<Item = Piece<'_>> {
    std::iter::from_fn(move || {
        if let [0xED, 0xA0..=0xBF, 0x80..=0xBF, after @ ..] = rest {
            rest = after;
            return Some(Piece::Surrogate);
        }
        // The chunk ends where the sound text does, so the whole walk stays linear.
        let chunk = rest.utf8_chunks().next()?;
        if chunk.valid().is_empty() {
            rest = &rest[chunk.invalid().len()..];
            return Some(Piece::Broken);
        }
        rest = &rest[chunk.valid().len()..];
        Some(Piece::Sound(chunk.valid()))
    })
}

fn utf8_with_damage(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut undecoded = None;
    for piece in pieces(bytes) {
        if let Piece::Sound(sound) = piece {
            text.push_str(sound);
        } else {
            undecoded.get_or_insert(Undecoded { count: 0, first: text.len() }).count += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Decoded { text, encoding: "UTF-8", undecoded }
}

struct Normal {
    text: String,
    /// Where the tracked offset went.
    tracked: Option<usize>,
    /// How many characters were made U+FFFD, and where the first one stands.
    unusable: Option<(usize, usize)>,
}

/// Line ends to `\n`, NUL and non-characters to U+FFFD.
fn normalise(text: String, track: Option<usize>) -> Normal {
    const PIECE: usize = 1 << 10;
    // Non-characters begin with one of these bytes; most texts hold neither them nor `\r`.
    // Not asked byte by byte: many are compared at once.
    let is_usual =
        |piece: &[u8]| piece.iter().fold(true, |usual, b| usual & !matches!(b, 0 | b'\r' | 0xEF..));
    if text.as_bytes().chunks(PIECE).all(is_usual) {
        return Normal { text, tracked: track, unusable: None };
    }
    let mut out = String::with_capacity(text.len());
    let mut tracked = None;
    let mut unusable = None;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if track == Some(i) {
            tracked = Some(out.len());
        }
        match c {
            '\r' => {
                chars.next_if(|next| next.1 == '\n');
                out.push('\n');
            }
            '\0' => replace(&mut out, &mut unusable),
            _ if invisible::is_no_character(c) => replace(&mut out, &mut unusable),
            _ => out.push(c),
        }
    }
    Normal { text: out, tracked, unusable }
}

fn replace(out: &mut String, unusable: &mut Option<(usize, usize)>) {
    unusable.get_or_insert((0, out.len())).0 += 1;
    out.push(char::REPLACEMENT_CHARACTER);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
        let warned = decode("seeds/a.txt", bytes.to_vec());
        (warned.value.expect("a text").text, warned.diagnostics)
    }

    fn binary(bytes: &[u8]) -> Diagnostic {
        let mut warned = decode("seeds/a.txt", bytes.to_vec());
        assert!(warned.value.is_none());
        assert_eq!(warned.diagnostics.len(), 1);
        warned.diagnostics.remove(0)
    }

    fn utf16(text: &str, mark: bool, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let mark = mark.then_some(0xFEFF);
        mark.into_iter().chain(text.encode_utf16()).flat_map(unit).collect()
    }

    #[test]
    fn utf8_passes_with_and_without_a_mark() {
        assert_eq!(text("Größe — 読書".as_bytes()), ("Größe — 読書".into(), vec![]));
        assert_eq!(text("\u{FEFF}Größe".as_bytes()), ("Größe".into(), vec![]));
        assert_eq!(text(b""), (String::new(), vec![]));
    }

    #[test]
    fn a_page_says_what_it_is_in() {
        let page = |head: &str| {
            let bytes = [head.as_bytes(), b"<p>\xe8\xe4\xe0</p>"].concat();
            decode("seeds/a.html", bytes).value.expect("a text").text
        };
        assert!(page("<meta charset=\"windows-1251\">").contains("ида"));
        assert!(
            page("<META content='text/html; charset=ISO-8859-7' http-equiv=Content-Type>").contains("θδΰ")
        );
        assert!(page("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>").contains("èäà"));
        let utf8 = decode("seeds/a.html", "<meta charset=iso-8859-1><p>Größe, Länge</p>".into());
        assert!(utf8.value.expect("a text").text.contains("Größe"), "a label that was left over");
        let plain = decode("seeds/a.txt", b"<meta charset=windows-1251> Gr\xf6\xdfe und L\xe4nge".to_vec());
        assert!(plain.value.expect("a text").text.contains("Größe"), "a text is no page");
    }

    #[test]
    fn every_line_end_becomes_one() {
        assert_eq!(text(b"a\r\nb\rc\n\r\nd\r").0, "a\nb\nc\n\nd\n");
        assert_eq!(text(b"page\x0cpage").0, "page\x0cpage");
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_its_zeros() {
        let words = "Voilà: a text.\nIt has two lines \u{1F4D6}.";
        for mark in [true, false] {
            for (unit, name) in
                [(u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"), (u16::to_be_bytes, "UTF-16BE")]
            {
                let (decoded, diagnostics) = text(&utf16(words, mark, unit));
                assert_eq!(decoded, words);
                assert_eq!(diagnostics.len(), 1);
                assert_eq!((diagnostics[0].severity, diagnostics[0].code), (Severity::Note, Code::Encoding));
                assert!(diagnostics[0].message.to_string().contains(name), "{}", diagnostics[0].message);
            }
        }
        let russian = "Всякий текст, у которого есть пробелы, видно и без метки.";
        assert_eq!(text(&utf16(russian, false, u16::to_le_bytes)).0, russian);
    }

    #[test]
    fn utf32_is_known_by_its_mark() {
        let words = "Voilà \u{1F4D6}";
        let le: Vec<u8> =
            "\u{FEFF}".chars().chain(words.chars()).flat_map(|c| (c as u32).to_le_bytes()).collect();
        let be: Vec<u8> =
            "\u{FEFF}".chars().chain(words.chars()).flat_map(|c| (c as u32).to_be_bytes()).collect();
        assert_eq!(text(&le).0, words);
        assert_eq!(text(&be).0, words);
        let broken = [be.as_slice(), &0xD800u32.to_be_bytes()].concat();
        let (decoded, diagnostics) = text(&broken);
        assert_eq!(decoded, format!("{words}\u{FFFD}"));
        assert_eq!(diagnostics[1].severity, Severity::Warning);
    }

    #[test]
    fn a_lone_surrogate_is_replaced_and_said() {
        let mut bytes = utf16("one\ntwo ", true, u16::to_le_bytes);
        bytes.extend(0xD800u16.to_le_bytes());
        bytes.extend(b"x\0");
        let (decoded, diagnostics) = text(&bytes);
        assert_eq!(decoded, "one\ntwo \u{FFFD}x");
        assert_eq!((diagnostics[1].line, diagnostics[1].column), (2, 5));
        // The same in UTF-8, as some programs write it, in a text that is ASCII otherwise.
        let (decoded, diagnostics) = text(b"one \xED\xA0\x80 two");
        assert_eq!(decoded, "one \u{FFFD} two");
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn legacy_encodings_are_detected() {
        let russian = "Привет, мир. Это обычный русский текст, записанный в старой кодировке.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        let (decoded, diagnostics) = text(&bytes);
        assert_eq!(decoded, russian);
        assert!(diagnostics[0].message.to_string().contains("windows-1251"), "{}", diagnostics[0].message);
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1252.encode("Le café était déjà fermé à l’heure où il arriva…");
        assert_eq!(text(&bytes).0, "Le café était déjà fermé à l’heure où il arriva…");
        let japanese = "これは日本語の文章です。文字コードの判定を試すために書かれています。";
        for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP] {
            let (bytes, _, _) = encoding.encode(japanese);
            assert_eq!(text(&bytes).0, japanese, "{}", encoding.name());
        }
    }

    #[test]
    fn a_stray_byte_does_not_turn_utf8_into_something_else() {
        let (decoded, diagnostics) =
            text(b"caf\xC3\xA9, na\xC3\xAFve, \xE2\x80\x9Cquoted\xE2\x80\x9D\r\nand a stray \xE9 here");
        assert_eq!(decoded, "café, naïve, “quoted”\nand a stray \u{FFFD} here");
        assert_eq!(diagnostics.len(), 1);
        let warning = &diagnostics[0];
        assert_eq!((warning.severity, warning.line, warning.column), (Severity::Warning, 2, 13));
    }

    #[test]
    fn nul_and_non_characters_are_replaced_and_counted() {
        let (decoded, diagnostics) = text("one\r\ntwo\0\u{FDD0} \u{FFFF}\u{10FFFE} three".as_bytes());
        assert_eq!(decoded, "one\ntwo\u{FFFD}\u{FFFD} \u{FFFD}\u{FFFD} three");
        assert_eq!(diagnostics.len(), 1);
        assert_eq!((diagnostics[0].line, diagnostics[0].column), (2, 4));
        assert!(diagnostics[0].message.to_string().starts_with("4 "), "{}", diagnostics[0].message);
        // Their neighbours are letters like any other, and a U+FFFD of the source itself is no news.
        assert_eq!(text("\u{FDCF}\u{FDF0}\u{FFFD}".as_bytes()), ("\u{FDCF}\u{FDF0}\u{FFFD}".into(), vec![]));
    }

    #[test]
    fn binary_data_is_refused() {
        assert!(binary(b"%PDF-1.4\n%\xE2\xE3\xCF\xD3 words words words").message.to_string().contains("PDF"));
        assert!(binary(b"PK\x03\x04words").message.to_string().contains("ZIP"));
        assert!(binary(b"\x7fELF\x02\x01\x01").message.to_string().contains("program"));
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let refused = binary(&noise);
        assert_eq!((refused.code, refused.severity), (Code::Binary, Severity::Error));
        assert_eq!(text(b"GIF89a is the name of a format").1, vec![]);
    }

    #[test]
    fn words_are_looked_for_behind_the_front_matter() {
        let mut source = Source::new("a", "title\n ***\n".into());
        assert!(wordless(&source).is_none());
        source.body_start = 6;
        assert_eq!(wordless(&source).map(|d| d.code), Some(Code::Empty));
    }
}
