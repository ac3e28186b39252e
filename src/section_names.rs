//! What authors head the sections with that mean something to the book, in the languages that they write in.
//!
//! Letters alone count: case, numbers, emoji and signs around the words do not.

use unicode_normalization::char::is_combining_mark;

/// Over terms and what they mean.
const GLOSSARY: [&str; 88] = [
    "glossary",
    "glossary of terms",
    "glossary of key terms",
    "glossary of key concepts",
    "key terms",
    "key terms and definitions",
    "key definitions",
    "key concepts and definitions",
    "terms",
    "terms and definitions",
    "terminology",
    "definitions",
    "definitions of terms",
    "glossar",
    "begriffe",
    "glossaire",
    "glosario",
    "glosario de términos",
    "glossario",
    "glossário",
    "lexique",
    "termes clés",
    "glossaire des termes",
    "términos clave",
    "glossario dei termini",
    "glossário de termos",
    "glossari",
    "glosar",
    "begriffserklärungen",
    "begriffe und definitionen",
    "begrippenlijst",
    "begrippen",
    "verklarende woordenlijst",
    "woordenlijst",
    "ordlista",
    "begreppslista",
    "ordliste",
    "sanasto",
    "słowniczek",
    "słownik pojęć",
    "słownik terminów",
    "glosariusz",
    "glosář",
    "slovník pojmů",
    "slovníček pojmů",
    "slovník pojmov",
    "szójegyzék",
    "fogalomtár",
    "глоссарий",
    "словарь терминов",
    "термины",
    "термины и определения",
    "глосарій",
    "словник термінів",
    "γλωσσάριο",
    "γλωσσάρι",
    "sözlük",
    "terimler",
    "terimler sözlüğü",
    "مسرد",
    "مسرد المصطلحات",
    "معجم المصطلحات",
    "قاموس المصطلحات",
    "المصطلحات",
    "واژه نامه",
    "فرہنگ",
    "מילון מונחים",
    "מונחים",
    "शब्दावली",
    "पारिभाषिक शब्दावली",
    "শব্দকোষ",
    "อภิธานศัพท์",
    "术语表",
    "术语",
    "词汇表",
    "名词解释",
    "術語表",
    "詞彙表",
    "用語集",
    "用語解説",
    "용어집",
    "용어 해설",
    "용어 설명",
    "glosarium",
    "glosari",
    "faharasa",
    "thuật ngữ",
    "bảng thuật ngữ",
];

/// Over questions to the readers.
const DISCUSSION: [&str; 73] = [
    "discussion questions",
    "questions for discussion",
    "for discussion",
    "for further discussion",
    "questions for further discussion",
    "points for discussion",
    "topics for discussion",
    "reflection questions",
    "questions for reflection",
    "for reflection",
    "reflection and discussion questions",
    "discussion and reflection questions",
    "questions for reflection and discussion",
    "questions for discussion and reflection",
    "questions to consider",
    "questions to discuss",
    "study questions",
    "reading group questions",
    "book club questions",
    "questions for readers",
    "questions for the reader",
    "review questions",
    "diskussionsfragen",
    "fragen zur diskussion",
    "zur diskussion",
    "reflexionsfragen",
    "fragen zur reflexion",
    "fragen zum nachdenken",
    "questions de discussion",
    "questions pour la discussion",
    "questions à discuter",
    "pour la discussion",
    "questions de réflexion",
    "preguntas para el debate",
    "preguntas para la discusión",
    "preguntas de discusión",
    "para el debate",
    "preguntas para reflexionar",
    "domande per la discussione",
    "domande per riflettere",
    "questões para discussão",
    "perguntas para discussão",
    "perguntas para reflexão",
    "discussievragen",
    "vragen voor discussie",
    "pytania do dyskusji",
    "diskussionsfrågor",
    "diskussionsspørgsmål",
    "spørgsmål til diskussion",
    "diskusjonsspørsmål",
    "keskustelukysymyksiä",
    "pohdintakysymyksiä",
    "otázky k diskusi",
    "вопросы для обсуждения",
    "вопросы для дискуссии",
    "питання для обговорення",
    "ερωτήσεις για συζήτηση",
    "tartışma soruları",
    "أسئلة للنقاش",
    "أسئلة للمناقشة",
    "שאלות לדיון",
    "चर्चा के प्रश्न",
    "चर्चा के लिए प्रश्न",
    "讨论问题",
    "讨论题",
    "思考题",
    "討論問題",
    "議論のための質問",
    "話し合いの質問",
    "토론 질문",
    "토의 질문",
    "pertanyaan diskusi",
    "câu hỏi thảo luận",
];

/// Over a list of sources.
const REFERENCES: [&str; 70] = [
    "references",
    "reference",
    "reference list",
    "sources",
    "bibliography",
    "works cited",
    "citations",
    "literature",
    "further reading",
    "notes and references",
    "literatur",
    "literaturverzeichnis",
    "quellen",
    "quellenverzeichnis",
    "einzelnachweise",
    "références",
    "bibliographie",
    "referencias",
    "bibliografía",
    "fuentes",
    "bibliografia",
    "źródła",
    "przypisy i źródła",
    "literatura",
    "referências",
    "fontes",
    "fonti",
    "riferimenti",
    "bronnen",
    "referenties",
    "literatuur",
    "quellen und literatur",
    "referenser",
    "källor",
    "litteratur",
    "referencer",
    "referanser",
    "kilder",
    "lähteet",
    "kirjallisuus",
    "zdroje",
    "použitá literatura",
    "irodalom",
    "források",
    "литература",
    "список литературы",
    "источники",
    "библиография",
    "література",
    "джерела",
    "βιβλιογραφία",
    "kaynakça",
    "kaynaklar",
    "المراجع",
    "المصادر",
    "المصادر والمراجع",
    "منابع",
    "מקורות",
    "ביבליוגרפיה",
    "संदर्भ",
    "सन्दर्भ",
    "参考文献",
    "参考资料",
    "參考文獻",
    "引用文献",
    "참고문헌",
    "참고 문헌",
    "daftar pustaka",
    "referensi",
    "tài liệu tham khảo",
];

/// Over remarks as well as sources.
const NOTES: [&str; 26] = [
    "notes",
    "note",
    "footnotes",
    "endnotes",
    "anmerkungen",
    "fußnoten",
    "notas",
    "przypisy",
    "noten",
    "voetnoten",
    "notes de bas de page",
    "примечания",
    "сноски",
    "примітки",
    "σημειώσεις",
    "notlar",
    "dipnotlar",
    "fotnoter",
    "poznámky",
    "jegyzetek",
    "هوامش",
    "הערות",
    "注释",
    "註釋",
    "脚注",
    "각주",
];

/// Whether a heading is one that opens a glossary.
pub fn names_glossary(heading: &str) -> bool {
    is_among(&GLOSSARY, heading)
}

/// Whether a heading is one that opens questions to the readers.
pub fn names_discussion(heading: &str) -> bool {
    is_among(&DISCUSSION, heading)
}

/// Whether a heading is one that opens a list of sources.
pub fn names_references(heading: &str) -> bool {
    is_among(&REFERENCES, heading)
}

/// Whether a heading is one that opens a list of notes.
pub fn names_notes(heading: &str) -> bool {
    is_among(&NOTES, heading)
}

fn is_among(names: &[&str], heading: &str) -> bool {
    heading.len() <= LONGEST && names.contains(&folded(heading).as_str())
}

/// The longest heading that is looked at, in bytes: lines of prose are asked, too.
const LONGEST: usize = 200;

/// The words of a heading in lower case, without signs and numbers.
fn folded(heading: &str) -> String {
    let is_part = |c: char| c.is_alphabetic() || c == '\'' || is_combining_mark(c) && !is_of_emoji(c);
    let words: Vec<String> = heading
        .split(|c: char| !is_part(c))
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase())
        .collect();
    words.join(" ")
}

/// Whether a mark makes an emoji of the sign before it.
fn is_of_emoji(c: char) -> bool {
    matches!(c, '\u{20E3}' | '\u{FE0E}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::{DISCUSSION, GLOSSARY, NOTES, REFERENCES, folded, names_glossary};

    #[test]
    fn numbers_and_signs_do_not_count() {
        for heading in [
            "Glossary",
            "7. GLOSSARY:",
            "📖 Glossary of Terms",
            "⚖\u{FE0F} Key terms 🔑",
            "शब्दावली",
            "术语表：",
            "واژه\u{200C}نامه",
        ] {
            assert!(names_glossary(heading), "{heading}");
        }
        assert!(!names_glossary("A glossary that failed"));
    }

    #[test]
    fn names_are_folded_as_headings_are() {
        for name in GLOSSARY.iter().chain(&DISCUSSION).chain(&REFERENCES).chain(&NOTES) {
            assert_eq!(folded(name), *name);
        }
    }
}
