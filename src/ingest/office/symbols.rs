//! Characters of symbol faces, which have no code of their own: letters of the face `Symbol` are Greek.

/// The character that a symbol face shows for a code; codes come with or without the private-use page
/// F000 on top. `None` when the face or the code is not known.
pub fn character(face: &str, code: u32) -> Option<char> {
    let code = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let face = face.trim().to_lowercase();
    match face.as_str() {
        "symbol" => symbol(code),
        "wingdings" => dingbat(code),
        "wingdings 2" => match code {
            0x50 => Some('✓'),
            0x4F => Some('✗'),
            0x52 => Some('☑'),
            0xA3 => Some('☐'),
            _ => None,
        },
        "wingdings 3" => match code {
            0x7D => Some('▶'),
            0x7C => Some('◀'),
            0x70 => Some('▲'),
            0x71 => Some('▼'),
            _ => None,
        },
        "webdings" => match code {
            0x34 => Some('▶'),
            0x61 => Some('✔'),
            0x72 => Some('✖'),
            _ => None,
        },
        _ => None,
    }
}

/// Whether text in this face is made of codes, not of letters.
pub fn is_symbol_face(face: &str) -> bool {
    matches!(
        face.trim().to_lowercase().as_str(),
        "symbol" | "wingdings" | "wingdings 2" | "wingdings 3" | "webdings"
    )
}

fn symbol(code: u32) -> Option<char> {
    const GREEK_CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const GREEK: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    const HIGH: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\u{23D0}―↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";
    let at = |table: &str, first: u32| table.chars().nth((code - first) as usize);
    match code {
        0x41..=0x5A => at(GREEK_CAPITALS, 0x41),
        0x61..=0x7A => at(GREEK, 0x61),
        0xA1..=0xE5 => at(HIGH, 0xA1),
        0xF1 => Some('〉'),
        0xF2 => Some('∫'),
        0x22 => Some('∀'),
        0x24 => Some('∃'),
        0x27 => Some('∍'),
        0x2A => Some('∗'),
        0x2D => Some('−'),
        0x40 => Some('≅'),
        0x5C => Some('∴'),
        0x5E => Some('⊥'),
        0x7E => Some('∼'),
        0x20..=0x3F | 0x5B | 0x5D | 0x5F | 0x7B..=0x7D => char::from_u32(code),
        _ => None,
    }
}

fn dingbat(code: u32) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x22 => '✂',
        0x28 => '☎',
        0x2A => '✉',
        0x3F => '✍',
        0x46 => '☞',
        0x4A => '☺',
        0x4C => '☹',
        0x6C => '●',
        0x6E => '■',
        0x6F | 0x71 | 0x72 => '□',
        0x73 | 0x75 => '◆',
        0x76 => '❖',
        0x77 => '⬥',
        0x9F => '•',
        0xA1 => '○',
        0xA7 => '▪',
        0xA8 => '◻',
        0xAB => '★',
        0xD8 => '➢',
        0xDF => '←',
        0xE0 => '→',
        0xE1 => '↑',
        0xE2 => '↓',
        0xE8 => '➔',
        0xF0 => '⇨',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn symbol_faces_show_greek_and_bullets() {
        assert_eq!(character("Symbol", 0xF061), Some('α'));
        assert_eq!(character("Symbol", 0x57), Some('Ω'));
        assert_eq!(character("Symbol", 0xF0B7), Some('•'));
        assert_eq!(character("Symbol", 0xF0AE), Some('→'));
        assert_eq!(character("Symbol", 0xE5), Some('∑'));
        assert_eq!(character("Wingdings", 0xF0A7), Some('▪'));
        assert_eq!(character("Wingdings", 0xFC), Some('✓'));
        assert_eq!(character("Unknown", 0x41), None);
    }
}
