//! What is usual in which language.
//!
//! Quotation marks follow the Unicode CLDR's `delimiters`, save for Swiss German and Arabic, whose
//! printers use guillemets; spaces follow each language's own handbooks: the Imprimerie nationale's
//! rules for French, the Duden for German, PN-83/P-55366 for Polish, ČSN 01 6910 for Czech.

/// An opening and a closing mark, with the spaces inside them.
pub type Pair = (&'static str, &'static str);

pub const NO_BREAK: &str = "\u{A0}";
pub const NARROW: &str = "\u{202F}";

/// One language's rules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// False where straight marks are no typewriter's makeshift, or where nobody can tell: then all
    /// stays as it is.
    pub applies: bool,
    /// Around a quotation, typed `"`.
    pub primary: Pair,
    /// Around a quotation within a quotation.
    pub secondary: Pair,
    /// Around what was typed in `'`, outside quotations.
    pub single: Pair,
    /// For a hyphen with a space on either side.
    pub dash: &'static str,
    pub french: French,
    /// Words of one letter that must not end a line.
    pub prepositions: &'static str,
    /// Between the letters of `z. B.`.
    pub abbreviation: &'static str,
    /// Between groups of three digits.
    pub thousands: &'static str,
    /// Words that begin with an apostrophe.
    pub clipped: &'static [&'static str],
}

/// Spaces before `;`, `!`, `?` and `:` and inside guillemets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum French {
    No,
    /// A typed space becomes a no-break one.
    Spaced,
    /// Likewise, and one is put where there is none.
    Filled,
}

const DOUBLE: Pair = ("“", "”");
const SINGLE: Pair = ("‘", "’");
const LOW_DOUBLE: Pair = ("„", "“");
const LOW_SINGLE: Pair = ("‚", "‘");
const LOW_HIGH: Pair = ("„", "”");
const GUILLEMETS: Pair = ("«", "»");
const INWARD: Pair = ("»", "«");
const ANGLES: Pair = ("‹", "›");
const SPACED: Pair = ("«\u{A0}", "\u{A0}»");
const HIGH: Pair = ("”", "”");
const HIGH_SINGLE: Pair = ("’", "’");

/// Languages, then the primary, the secondary and the single marks.
const QUOTES: &[(&str, Pair, Pair, Pair)] = &[
    ("af cy en eo es ga gl hi id ko la lv mn mt sq tr vi az da", DOUBLE, SINGLE, SINGLE),
    ("pt", DOUBLE, SINGLE, SINGLE),
    ("nl", SINGLE, DOUBLE, SINGLE),
    ("de cs et hr is lb mk sk sl", LOW_DOUBLE, LOW_SINGLE, LOW_SINGLE),
    ("bg ka lt", LOW_DOUBLE, LOW_DOUBLE, LOW_SINGLE),
    ("pl ro", LOW_HIGH, GUILLEMETS, SINGLE),
    ("hu", LOW_HIGH, INWARD, SINGLE),
    ("bs sr", LOW_HIGH, SINGLE, SINGLE),
    ("ru uk be", GUILLEMETS, LOW_DOUBLE, SINGLE),
    ("de-ch de-li gsw rm fa", GUILLEMETS, ANGLES, ANGLES),
    ("it ca el eu kk pt-pt pt-ao pt-mz ar", GUILLEMETS, DOUBLE, SINGLE),
    ("hy", GUILLEMETS, GUILLEMETS, SINGLE),
    ("nb nn no", GUILLEMETS, SINGLE, SINGLE),
    ("fr", SPACED, DOUBLE, SINGLE),
    ("fr-ch", SPACED, ANGLES, SINGLE),
    ("fi sv he", HIGH, HIGH_SINGLE, HIGH_SINGLE),
    ("ja", ("「", "」"), ("『", "』"), ("『", "』")),
];

/// Languages whose quotations and pauses no typewriter had keys for.
const AS_TYPED: &str = "ja zh yue";

/// The rules of a language by its BCP 47 tag; English ones where none are known.
pub fn rules(tag: &str) -> Rules {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    let language = tag.split('-').next().unwrap_or_default();
    let region = tag.split('-').skip(1).find(|part| part.len() == 2).unwrap_or_default();
    let regional = format!("{language}-{region}");
    let row = |name: &str| QUOTES.iter().find(|(names, ..)| names.split(' ').any(|known| known == name));
    let (primary, secondary, single) = row(&regional)
        .or_else(|| row(language))
        .map_or((DOUBLE, SINGLE, SINGLE), |&(_, primary, secondary, single)| (primary, secondary, single));
    Rules {
        applies: !AS_TYPED.split(' ').any(|known| known == language),
        primary,
        secondary,
        single,
        dash: if matches!(language, "ru" | "uk" | "be" | "kk") { "—" } else { "–" },
        french: match (language, region) {
            ("fr", "ca") => French::Spaced,
            ("fr", _) => French::Filled,
            _ => French::No,
        },
        prepositions: match language {
            "pl" => "aiouwz",
            "cs" | "sk" => "aikosuvz",
            "ru" => "авиксуоя",
            "uk" | "be" => "авзійоуєя",
            _ => "",
        },
        abbreviation: if matches!(language, "de" | "fr") { NARROW } else { NO_BREAK },
        thousands: if language == "fr" { NARROW } else { NO_BREAK },
        clipped: match language {
            "en" => &["tis", "twas", "twere", "twill", "twould", "em", "til", "n", "cause", "cos"],
            "nl" | "af" => &["s", "t", "n", "k", "m", "r"],
            "de" => &["s", "n", "ne", "nen", "ner", "nem"],
            "it" => &["sta", "sto", "ste", "sti", "ndrangheta"],
            _ => &[],
        },
    }
}

/// Words that must not end a line before a number.
pub const BEFORE_NUMBERS: &[&str] = &[
    "§", "§§", "№", "n°", "Nr.", "nr", "No.", "no.", "p.", "pp.", "S.", "s.", "str.", "vol.", "Vol.", "Bd.",
    "Fig.", "fig.", "Abb.", "rys.", "obr.", "Art.", "art.", "ch.", "chap.", "Kap.", "rozdz.", "č.", "стр.",
    "с.", "т.", "рис.", "г.", "ca.", "c.",
];

/// Forms of address that must not end a line before a name.
pub const BEFORE_NAMES: &[&str] = &[
    "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "dr", "dr.", "Prof", "Prof.", "prof.", "St", "St.",
    "Mt.", "Mme", "Mlle", "MM.", "Fr.", "Hr.", "Sr.", "Sra.", "Sig.", "św.", "ks.", "mgr", "inż.", "Ing.",
    "ing.", "г.",
];

/// Units that must not start a line after their number.
pub const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "€", "$", "£", "¥", "zł", "Kč", "EUR", "USD", "GBP", "CHF", "km", "m", "cm",
    "mm", "nm", "µm", "μm", "km²", "m²", "cm²", "m³", "ha", "km/h", "m/s", "kg", "g", "mg", "µg", "μg", "t",
    "l", "ml", "dl", "h", "min", "s", "ms", "Hz", "kHz", "MHz", "GHz", "W", "kW", "MW", "GW", "kWh", "MWh",
    "GWh", "TWh", "V", "kV", "mV", "mA", "K", "kB", "KB", "MB", "GB", "TB", "PB", "Mbit", "Gbit", "dB", "Pa",
    "hPa", "kPa", "kJ", "MJ", "cal", "kcal", "px", "pt", "dpi", "mph", "lb", "oz",
];
