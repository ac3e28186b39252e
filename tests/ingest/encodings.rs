//! From bytes to text: every encoding that an author's computer may have written.

use encoding_rs::{Encoding, ISO_8859_2, WINDOWS_1251, WINDOWS_1252};
use garland::diagnostic::{Diagnostics, Severity};
use garland::ingest;
use garland::manuscript::Reading;

/// The text, and `severity code place: message` of each diagnostic.
fn decode(bytes: &[u8]) -> (Option<String>, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let manuscript = ingest::prepare("a.txt", bytes, Reading::default(), &mut diagnostics);
    let said = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{} {} {place}: {}", diagnostic.severity, diagnostic.code, diagnostic.message)
        })
        .collect();
    (manuscript.map(|manuscript| manuscript.text), said)
}

fn encode(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

const LATVIAN: &str = "Māte teica: “Ņem līdzi šalli!”\nJānis gāja mājās.";
const RUSSIAN: &str =
    "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.";
const POLISH: &str = "Zażółć gęślą jaźń, powiedział mąż i poszedł w góry, gdzie świeciło słońce.";
const FRENCH: &str = "Le soir, après l’été, il but son café très serré à la fenêtre.";

#[test]
fn utf_8_with_and_without_a_mark_says_nothing() {
    assert_eq!(decode(LATVIAN.as_bytes()), (Some(LATVIAN.to_owned()), vec![]));
    let marked = [b"\xEF\xBB\xBF", LATVIAN.as_bytes()].concat();
    assert_eq!(decode(&marked), (Some(LATVIAN.to_owned()), vec![]));
}

#[test]
fn utf_16_is_read_with_and_without_a_mark() {
    for text in [LATVIAN, RUSSIAN, "人人生而自由。\n在尊严和权利上一律平等。\nAI\n", "Plain English text."]
    {
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let note = |name: &str| vec![format!("note decoded a.txt: decoded from {name}")];
        let expected = Some(text.to_owned());
        assert_eq!(decode(&little), (expected.clone(), note("UTF-16LE")));
        assert_eq!(decode(&big), (expected.clone(), note("UTF-16BE")));
        assert_eq!(decode(&marked(b"\xFF\xFE", &little)), (expected.clone(), note("UTF-16LE")));
        assert_eq!(decode(&marked(b"\xFE\xFF", &big)), (expected, note("UTF-16BE")));
    }
}

#[test]
fn utf_32_is_read_with_a_mark() {
    let little: Vec<u8> = "\u{FEFF}Café 🌍".chars().flat_map(|next| u32::from(next).to_le_bytes()).collect();
    let big: Vec<u8> = "\u{FEFF}Café 🌍".chars().flat_map(|next| u32::from(next).to_be_bytes()).collect();
    assert_eq!(decode(&little).0.as_deref(), Some("Café 🌍"));
    assert_eq!(decode(&big).0.as_deref(), Some("Café 🌍"));
    let cut = decode(&little[..little.len() - 1]);
    assert_eq!(cut.0.as_deref(), Some("Café \u{FFFD}"));
    assert!(cut.1[0].starts_with("warning decoded"), "{:?}", cut.1);
}

#[test]
fn a_lone_surrogate_is_lost_and_told() {
    let (text, said) = decode(b"\xFF\xFEa\0\x00\xD8b\0");
    assert_eq!(text.as_deref(), Some("a\u{FFFD}b"));
    assert!(said[0].starts_with("warning decoded"), "{said:?}");
}

#[test]
fn legacy_encodings_are_told_from_the_text() {
    let cases = [
        (WINDOWS_1251, RUSSIAN, "windows-1251"),
        (WINDOWS_1252, FRENCH, "windows-1252"),
        (ISO_8859_2, POLISH, "ISO-8859-2"),
    ];
    for (encoding, text, name) in cases {
        let (read, said) = decode(&encode(encoding, text));
        assert_eq!(read.as_deref(), Some(text));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("note decoded") && said[0].ends_with(name), "{said:?}");
    }
}

#[test]
fn each_piece_of_a_mixed_file_is_read_in_its_own_encoding() {
    let bytes = [
        LATVIAN.as_bytes(),
        &encode(WINDOWS_1251, RUSSIAN),
        "Ņemsim arī šo.".as_bytes(),
        &encode(WINDOWS_1252, FRENCH),
        b"Plain.",
        &encode(ISO_8859_2, POLISH),
        LATVIAN.as_bytes(),
    ];
    let texts = [LATVIAN, RUSSIAN, "Ņemsim arī šo.", FRENCH, "Plain.", POLISH, LATVIAN];
    // A line in UTF-8 lies between the pieces in different encodings.
    let bytes: Vec<u8> = bytes.join("\nĀ\n".as_bytes());
    let (read, said) = decode(&bytes);
    assert_eq!(read, Some(texts.join("\nĀ\n")));
    assert_eq!(said.len(), 1, "{said:?}");
    for part in ["windows-1251 on line 4", "windows-1252 on line 8", "ISO-8859-2 on line 12"] {
        assert!(said[0].contains(part), "{said:?}");
    }
}

#[test]
fn stray_bytes_in_a_line_of_utf_8_are_read_as_windows_1252() {
    let bytes = "Māte teica: \u{1}Ņem līdzi šalli!\u{2}".as_bytes().to_vec();
    let bytes: Vec<u8> = bytes
        .into_iter()
        .map(|byte| match byte {
            1 => 0x93,
            2 => 0x94,
            other => other,
        })
        .collect();
    let (read, said) = decode(&bytes);
    assert_eq!(read.as_deref(), Some("Māte teica: “Ņem līdzi šalli!”"));
    assert!(said[0].contains("windows-1252 on line 1"), "{said:?}");
}

#[test]
fn a_character_cut_in_half_is_no_reason_to_misread_the_rest() {
    let (read, _) = decode(b"M\xC4\x81te un t\xC4\x93vs \xE2\x80\nun d\xC4\x93ls, br\xC4\x81lis.");
    let read = read.unwrap_or_default();
    assert!(read.starts_with("Māte un tēvs ") && read.ends_with("un dēls, brālis."), "{read}");
}

#[test]
fn a_stray_nul_goes_and_a_binary_file_is_refused() {
    let text = format!("{LATVIAN}\0 {FRENCH}");
    let (read, said) = decode(text.as_bytes());
    assert_eq!(read, Some(format!("{LATVIAN} {FRENCH}")));
    assert_eq!(said, ["note removed-control a.txt:2: removed 1 control character"]);
    let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
    png.extend((0..4000_u32).map(|next| (next * 7919 % 251) as u8));
    let mut random: Vec<u8> =
        (0..4000_u32).map(|next| (next.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    random[100] = 0;
    for binary in [&b"PK\0\0"[..], &png, &random, b"\0", b"\0\0\0\0"] {
        let mut diagnostics = Diagnostics::new();
        assert!(ingest::prepare("a.txt", binary, Reading::default(), &mut diagnostics).is_none());
        assert_eq!(diagnostics.count(Severity::Error), 1);
    }
}

#[test]
fn a_short_text_with_a_nul_is_not_taken_for_utf_16() {
    for text in [&b"Text with a \0 in it."[..], b"Un caf\xE9 \0tr\xE8s serr\xE9.", b"\r\n\0[", b"\0\r\0\n\0["]
    {
        let (read, said) = decode(text);
        assert_eq!(read, None);
        assert!(said[0].starts_with("error not-text"), "{said:?}");
    }
}
