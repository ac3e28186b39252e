//! What kind of thing a source is, by what is told of it.

use super::draft::Look;
use super::{Kind, Work};

/// What was said of the kind in so many words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hints {
    /// `PhD diss.`, `[Video]`
    pub(super) named: Option<Kind>,
    /// `In` stood before the container.
    pub(super) has_in: bool,
    /// The container calls itself proceedings or a conference.
    pub(super) is_conference: bool,
    /// The author is an organisation.
    pub(super) is_corporate: bool,
    /// `(dir.)` after the names, who direct a film or a book.
    pub(super) is_abbreviated_role: bool,
    /// `[Computer software]`
    pub(super) is_software: bool,
    /// `Web.` at the end: the day of the visit follows.
    pub(super) is_visited: bool,
    /// One word that may as well be a family name.
    pub(super) is_guess: bool,
}

const NEWSPAPERS: &[&str] = &[
    "guardian",
    "times",
    "post",
    "monde",
    "zeitung",
    "figaro",
    "libération",
    "país",
    "mundo",
    "repubblica",
    "corriere",
    "stampa",
    "telegraph",
    "independent",
    "tribune",
    "herald",
    "observer",
    "wall street journal",
    "allgemeine",
    "taz",
    "tageszeitung",
    "standard",
    "presse",
    "welt",
    "gazeta",
    "rzeczpospolita",
    "известия",
    "ведомости",
    "газета",
    "volkskrant",
    "nrc",
    "trouw",
    "folha",
    "público",
    "estado",
    "chronicle",
    "daily",
    "globe",
    "die zeit",
    "süddeutsche",
    "vanguardia",
    "croix",
    "soir",
    "mail",
    "news-letter",
    "irish",
    "sun",
    "examiner",
    "inquirer",
    "courier",
    "dispatch",
    "morning",
    "evening",
    "sonntagszeitung",
];
const MAGAZINES: &[&str] = &[
    "yorker",
    "atlantic",
    "economist",
    "wired",
    "spiegel",
    "newsweek",
    "harper’s",
    "harper's",
    "magazine",
    "magazin",
    "new york review of books",
    "london review of books",
    "forbes",
    "the nation",
    "new republic",
    "slate",
    "polityka",
    "quanta",
    "aeon",
    "scientific american",
    "vogue",
    "new statesman",
    "spectator",
    "l’express",
    "l'express",
    "nouvel observateur",
    "l’obs",
    "espresso",
    "internazionale",
    "vanity fair",
    "rolling stone",
    "time",
    "the new inquiry",
    "jacobin",
    "n+1",
    "spektrum",
    "tygodnik",
    "huffpost",
    "vox",
    "prospect",
    "boston review",
    "paris review",
    "new scientist",
    "mother jones",
    "esquire",
    "life",
];

/// The kind of a source by all that is told of it.
pub(super) fn infer(work: &Work, hints: Hints, title: Look, container: Look, has_pages: bool) -> Kind {
    let hints = Hints { is_corporate: hints.is_corporate && !hints.is_software, ..hints };
    let kind = by_form(work, hints, title, container, has_pages);
    match kind {
        Kind::WebPage if says_report(work) && hints.named.is_none() => Kind::Report,
        Kind::Book if hints.is_corporate && says_report(work) => Kind::Report,
        kind => kind,
    }
}

/// The title or the address calls it a report.
fn says_report(work: &Work) -> bool {
    const REPORTS: &[&str] = &[
        "report",
        "reports",
        "rapport",
        "bericht",
        "jahresbericht",
        "informe",
        "relatório",
        "rapporto",
        "raport",
    ];
    let title = work.title.as_deref().unwrap_or_default().to_lowercase();
    let address = work.url.as_deref().unwrap_or_default().to_lowercase();
    let is_signed = work.authors.iter().any(|author| author.given.is_some());
    !is_signed
        && work.container.is_none()
        && REPORTS.iter().any(|word| contains_word(&title, word) || contains_word(&address, word))
}

/// `KDD ’16`, `ASIACRYPT 2019`: a meeting by its initials and year.
fn is_meeting(name: &str) -> bool {
    let Some((initials, year)) = name.rsplit_once(' ') else { return false };
    let digits = year.trim_start_matches(['’', '\'']);
    let is_year = matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
    let last = initials.rsplit(' ').next().unwrap_or_default();
    is_year && last.chars().count() > 2 && last.chars().filter(|c| c.is_uppercase()).count() > 2
}

fn by_form(work: &Work, hints: Hints, title: Look, container: Look, has_pages: bool) -> Kind {
    if work.title.as_deref().is_some_and(is_statute) && hints.named.is_none() && work.container.is_none() {
        return Kind::Legislation;
    }
    let is_numbered = work.volume.is_some() || work.issue.is_some();
    let host = work.url.as_deref().map(host).unwrap_or_default();
    let name = work.container.as_deref().map(str::to_lowercase).unwrap_or_default();
    if let Some(kind) = hints.named {
        let is_talk = kind == Kind::Video && by_host(host) == Some(Kind::Talk);
        return if is_talk { Kind::Talk } else { kind };
    }
    if !is_numbered && let Some(kind) = by_host(host).filter(|_| !has_pages || work.container.is_none()) {
        return kind;
    }
    if work.arxiv.is_some() && (work.container.is_none() || name.contains("arxiv")) {
        return Kind::Preprint;
    }
    if work.container.is_some() {
        return part(work, hints, &name, is_numbered, has_pages, container);
    }
    let own = work.title.as_deref().unwrap_or_default();
    if own.contains("Encyclopedia") || own.contains("Encyclopaedia") {
        return Kind::Encyclopedia;
    }
    let is_published = work.publisher.is_some() || work.place.is_some() || work.isbn.is_some();
    let is_dated = work.date.as_ref().is_some_and(|date| date.year.is_some());
    let has_link = work.url.is_some();
    match title {
        Look::Missing if has_link => Kind::WebPage,
        Look::Missing => Kind::Unknown,
        _ if hints.is_corporate
            && !(hints.is_guess && work.publisher.is_some())
            && (is_dated || !has_link)
            && title != Look::Linked
            && (title != Look::Quoted || is_published || is_dated) =>
        {
            if title == Look::Plain && !is_published && !has_link { Kind::Unknown } else { Kind::Report }
        }
        _ if is_numbered && !is_published && title != Look::Emphasised => Kind::Article,
        Look::Emphasised if !has_link || is_published => Kind::Book,
        _ if is_published && !(has_link && title == Look::Quoted) => Kind::Book,
        _ if has_link => Kind::WebPage,
        Look::Emphasised => Kind::Book,
        Look::Quoted if has_pages => Kind::Article,
        _ => Kind::Unknown,
    }
}

fn part(work: &Work, hints: Hints, name: &str, is_numbered: bool, has_pages: bool, look: Look) -> Kind {
    let has = |list: &[&str]| list.iter().any(|word| contains_word(name, word));
    const REFERENCES: &[&str] = &[
        "wikipedia",
        "encyclop",
        "enzyklop",
        "enciclop",
        "wörterbuch",
        "lexikon",
        "dictionnaire",
        "diccionario",
        "dizionario",
        "słownik",
        "энциклоп",
        "словарь",
    ];
    if REFERENCES.iter().any(|word| name.contains(word)) {
        return Kind::Encyclopedia;
    }
    if name == "youtube" || name == "vimeo" {
        return Kind::Video;
    }
    if name == "ted" || name.starts_with("ted talk") {
        return Kind::Talk;
    }
    if name.contains("podcast") {
        return Kind::Podcast;
    }
    let is_meeting = hints.has_in && work.container.as_deref().is_some_and(is_meeting);
    if (hints.is_conference || is_meeting) && !is_numbered {
        return Kind::Conference;
    }
    let is_book = !work.editors.is_empty() || work.publisher.is_some() || work.place.is_some();
    let is_dated = work.date.as_ref().is_some_and(|date| date.month.is_some());
    if hints.has_in && !is_numbered || is_book && !is_numbered && !is_dated && work.url.is_none() {
        return Kind::Chapter;
    }
    if !is_numbered && has(MAGAZINES) && !has(&["journal"]) {
        return Kind::Magazine;
    }
    if !is_numbered && has(NEWSPAPERS) {
        return Kind::Newspaper;
    }
    if hints.has_in && is_book {
        return Kind::Chapter;
    }
    let has_day = work.date.as_ref().is_some_and(|date| date.day.is_some());
    if has_day && !is_numbered && work.url.is_none() && work.doi.is_none() && !hints.has_in {
        return Kind::Newspaper;
    }
    let is_web = work.url.is_some() && !is_numbered && !has_pages && work.doi.is_none();
    if is_web && (look != Look::Emphasised || is_dated || work.date.is_none()) {
        return Kind::WebPage;
    }
    Kind::Article
}

/// `Education Act 1944`
pub(super) fn is_statute(title: &str) -> bool {
    let Some((name, year)) = title.rsplit_once(' ') else { return false };
    name.ends_with(" Act") && year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

/// Those who are cited by line; the works of other ancients are cited by book.
pub(super) fn is_poet(name: &str) -> bool {
    const POETS: &[&str] = &[
        "homer",
        "homère",
        "homero",
        "omero",
        "hesiod",
        "hésiode",
        "virgil",
        "vergil",
        "virgile",
        "virgilio",
        "ovid",
        "ovide",
        "ovidio",
        "horace",
        "horaz",
        "lucretius",
        "lucan",
        "juvenal",
        "sappho",
        "pindar",
        "sophocles",
        "sophokles",
        "aeschylus",
        "euripides",
        "aristophanes",
        "terence",
        "plautus",
        "dante",
        "petrarch",
        "milton",
        "chaucer",
        "spenser",
        "shakespeare",
        "goethe",
        "kalidasa",
        "rumi",
    ];
    POETS.contains(&name.to_lowercase().as_str())
}

/// Kinds that are part of something with pages.
pub(super) fn is_part(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Article
            | Kind::Chapter
            | Kind::Conference
            | Kind::Magazine
            | Kind::Newspaper
            | Kind::Review
            | Kind::Encyclopedia
    )
}

/// The host settles what some addresses lead to.
fn by_host(host: &str) -> Option<Kind> {
    let is =
        |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    if is("youtube.com") || is("youtu.be") || is("vimeo.com") {
        return Some(Kind::Video);
    }
    if is("wikipedia.org") || is("plato.stanford.edu") || is("britannica.com") {
        return Some(Kind::Encyclopedia);
    }
    if is("ted.com") {
        return Some(Kind::Talk);
    }
    is("arxiv.org").then_some(Kind::Preprint)
}

pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn contains_word(text: &str, word: &str) -> bool {
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        is_end(text.get(..at).and_then(|text| text.chars().next_back()))
            && is_end(text.get(at + word.len()..).and_then(|text| text.chars().next()))
    })
}
