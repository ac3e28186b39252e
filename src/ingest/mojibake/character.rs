//! What a character is, as far as it tells whether text is garbled.

use icu_properties::props::{Emoji, EmojiPresentation, GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointSetData};

fn category(character: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(character)
}

/// Letters, and the vowel signs and accents that many scripts write them with. By category, which is
/// found quicker than the property that the standard library has.
pub fn is_alphabetic(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic();
    }
    matches!(
        category(character),
        GeneralCategory::LowercaseLetter
            | GeneralCategory::UppercaseLetter
            | GeneralCategory::TitlecaseLetter
            | GeneralCategory::ModifierLetter
            | GeneralCategory::OtherLetter
            | GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::LetterNumber
    ) && !matches!(character, '\u{FE00}'..='\u{FE0F}')
}

pub fn is_uppercase(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_uppercase();
    }
    matches!(category(character), GeneralCategory::UppercaseLetter | GeneralCategory::TitlecaseLetter)
}

pub fn is_lowercase(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_lowercase();
    }
    category(character) == GeneralCategory::LowercaseLetter
}

/// Letters that words are spelled with; `ˆ`, `ƒ` and the like are letters only to Unicode.
pub fn is_letter(character: char) -> bool {
    is_alphabetic(character) && !matches!(character, 'ˆ' | 'ˇ' | 'ƒ' | 'ª' | 'º' | 'µ' | 'π' | 'Ω')
}

/// Marks that stand right after a letter in correct text: quotes, dashes, signs of notes and names.
pub fn closes_a_word(character: char) -> bool {
    matches!(
        character,
        '…' | '‘'
            | '’'
            | '‚'
            | '“'
            | '”'
            | '„'
            | '‹'
            | '›'
            | '«'
            | '»'
            | '–'
            | '—'
            | '•'
            | '·'
            | '™'
            | '®'
            | '©'
            | 'ª'
            | 'º'
            | '°'
            | '¹'
            | '²'
            | '³'
            | '§'
            | '†'
            | '‡'
            | '¶'
            | '´'
            | '\u{A0}'
            | '\u{AD}'
    )
}

/// Marks that correct text has between the letters of a word, or between two words without a space.
pub fn joins_letters(character: char) -> bool {
    matches!(character, '‘' | '’' | '·' | '´' | '–' | '—' | '…' | '•' | '\u{A0}' | '\u{AD}')
}

/// Marks that end a phrase, or what is quoted.
pub fn ends_a_phrase(character: char) -> bool {
    joins_letters(character) || matches!(character, '‚' | '“' | '”' | '„' | '‹' | '›' | '«' | '»')
}

/// Typographic marks, which somebody may have set right in a text that is garbled otherwise.
pub fn is_mark(character: char) -> bool {
    closes_a_word(character) || matches!(character, '¡' | '¿' | '€' | '£')
}

/// Lines, corners and shades, which only pictures made of characters hold.
pub fn draws_boxes(character: char) -> bool {
    matches!(character, '\u{2500}'..='\u{259F}')
}

/// Whether text can have held the character before it was garbled. C1 control characters are
/// accepted, because text that was garbled twice holds them in between.
pub fn is_assigned(character: char) -> bool {
    !matches!(
        category(character),
        GeneralCategory::Unassigned | GeneralCategory::PrivateUse | GeneralCategory::Surrogate
    )
}

/// Whether only few languages write the character, so that the garbled form of it may just as well
/// be correct text.
pub fn is_rare(character: char) -> bool {
    match character {
        'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{218}'..='\u{21B}' | 'ə' => false,
        '\u{80}'..='\u{9F}'
        | '\u{180}'..='\u{36F}'
        | '\u{460}'..='\u{48F}'
        | '\u{4C0}'..='\u{530}'
        | '\u{700}'..='\u{8FF}' => true,
        _ => false,
    }
}

/// The script that a letter belongs to; `None` for what all scripts share. Scripts that are mixed
/// within a word, as in Japanese, count as one.
pub fn script(character: char) -> Option<Script> {
    if character.is_ascii() {
        return character.is_ascii_alphabetic().then_some(Script::Latin);
    }
    match CodePointMapData::<Script>::new().get(character) {
        Script::Common | Script::Inherited => None,
        Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => Some(Script::Han),
        script => Some(script),
    }
}

/// `with_selector`: whether an emoji variation selector follows, which only emoji need that are
/// shown as text without it.
pub fn is_emoji(character: char, with_selector: bool) -> bool {
    CodePointSetData::new::<Emoji>().contains(character)
        && !(with_selector && CodePointSetData::new::<EmojiPresentation>().contains(character))
}

/// A character as a message shows it.
pub fn named(character: char) -> String {
    match character {
        '\u{A0}' => "a no-break space".to_owned(),
        '\u{AD}' => "a soft hyphen".to_owned(),
        '\u{FE0F}' => "an emoji variation selector".to_owned(),
        '\u{200B}' => "a zero-width space".to_owned(),
        '\u{200D}' => "a zero-width joiner".to_owned(),
        '\u{FEFF}' => "a byte order mark".to_owned(),
        other if other.is_whitespace() || other.is_control() => format!("U+{:04X}", u32::from(other)),
        other => format!("`{other}`"),
    }
}
