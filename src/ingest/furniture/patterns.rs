//! Furniture with something of the page in it: counts, names, addresses.

use super::{Position, normalise};

/// Words that a number goes with in a page's counters.
const COUNTED: &[&str] = &[
    "comment",
    "comments",
    "like",
    "likes",
    "clap",
    "claps",
    "share",
    "shares",
    "response",
    "responses",
    "reaction",
    "reactions",
    "reply",
    "replies",
    "note",
    "notes",
    "view",
    "views",
    "read",
    "reads",
    "retweets",
    "reposts",
    "reblogs",
    "restacks",
    "followers",
    "follower",
    "subscribers",
    "pins",
    "kommentare",
    "kommentar",
    "aufrufe",
    "antworten",
    "commentaire",
    "commentaires",
    "vues",
    "partages",
    "comentario",
    "comentarios",
    "comentários",
    "comentário",
    "visualizações",
    "curtidas",
    "vistas",
    "komentarze",
    "komentarzy",
    "komentarz",
    "wyświetleń",
    "polubień",
    "commenti",
    "commento",
    "visualizzazioni",
    "reacties",
    "reactie",
    "weergaven",
];
/// Words around the number in a reading time.
const READING_TIME: &[&str] = &[
    "min",
    "mins",
    "minute",
    "minutes",
    "read",
    "reading",
    "time",
    "estimated",
    "listen",
    "about",
    "lesezeit",
    "minuten",
    "ca",
    "lesedauer",
    "de",
    "lecture",
    "temps",
    "environ",
    "lectura",
    "tiempo",
    "minuto",
    "minutos",
    "czytania",
    "czas",
    "minut",
    "minuty",
    "ok",
    "leitura",
    "tempo",
    "di",
    "lettura",
    "minuti",
    "leestijd",
    "sec",
];
const READING: &[&str] = &[
    "read",
    "reading",
    "listen",
    "lesezeit",
    "lesedauer",
    "lecture",
    "lectura",
    "czytania",
    "leitura",
    "lettura",
    "leestijd",
];
const NETWORKS: &[&str] = &[
    "facebook",
    "twitter",
    "x",
    "linkedin",
    "whatsapp",
    "reddit",
    "telegram",
    "pinterest",
    "email",
    "mastodon",
    "bluesky",
    "threads",
    "instagram",
    "youtube",
    "tumblr",
    "pocket",
    "messenger",
    "xing",
    "flipboard",
    "google",
    "tiktok",
    "signal",
    "mail",
    "print",
    "facebookx",
    "rss",
    "hacker",
    "news",
    "skype",
    "vk",
];
/// What comes before the name of a network, and may come after it.
const SHARING: &[&str] = &[
    "share this post on",
    "share this article on",
    "share this on",
    "share on",
    "share to",
    "share via",
    "share",
    "tweet on",
    "follow us on",
    "follow me on",
    "follow on",
    "like us on",
    "find us on",
    "find me on",
    "connect with me on",
    "click to share on",
    "click to email",
    "click to print",
    "teilen auf",
    "auf",
    "teilen über",
    "folge uns auf",
    "folgen sie uns auf",
    "partager sur",
    "partagez sur",
    "suivez nous sur",
    "compartir en",
    "compartir por",
    "síguenos en",
    "udostępnij na",
    "udostępnij przez",
    "obserwuj nas na",
    "compartilhar no",
    "compartilhe no",
    "partilhar no",
    "siga nos no",
    "condividi su",
    "seguici su",
    "deel op",
    "delen op",
    "volg ons op",
];
const AFTER_SHARING: &[&str] = &[
    "opens in new window",
    "opens in a new window",
    "wird in neuem fenster geöffnet",
    "ouvre dans une nouvelle fenêtre",
    "se abre en una ventana nueva",
    "otwiera się w nowym oknie",
    "abre em nova janela",
    "si apre in una nuova finestra",
    "wordt in een nieuw venster geopend",
    "a link to a friend",
];
/// How lines begin that lead to another page. The colon after them is part of it.
const LEADS: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "read next",
    "see also on this blog",
    "more like this",
    "previous",
    "next",
    "previous post",
    "next post",
    "previous article",
    "next article",
    "older post",
    "newer post",
    "related post",
    "related article",
    "related story",
    "recommended",
    "lesen sie auch",
    "lies auch",
    "mehr dazu",
    "vorheriger beitrag",
    "nächster beitrag",
    "lire aussi",
    "à lire aussi",
    "lisez aussi",
    "article précédent",
    "article suivant",
    "lea también",
    "lee también",
    "te puede interesar",
    "entrada anterior",
    "entrada siguiente",
    "czytaj też",
    "czytaj także",
    "czytaj również",
    "przeczytaj też",
    "przeczytaj także",
    "poprzedni wpis",
    "następny wpis",
    "leia também",
    "leia mais",
    "veja também",
    "post anterior",
    "próximo post",
    "leggi anche",
    "articolo precedente",
    "articolo successivo",
    "lees ook",
    "vorig bericht",
    "volgend bericht",
];
/// How cookie notices begin.
const COOKIES: &[&str] = &[
    "we use cookies",
    "we and our partners use cookies",
    "this website uses cookies",
    "this site uses cookies",
    "our website uses cookies",
    "our site uses cookies",
    "by continuing to use this",
    "by using this site you agree",
    "by clicking accept",
    "wir verwenden cookies",
    "wir nutzen cookies",
    "diese website verwendet cookies",
    "diese webseite verwendet cookies",
    "diese website benutzt cookies",
    "diese seite verwendet cookies",
    "nous utilisons des cookies",
    "ce site utilise des cookies",
    "ce site web utilise des cookies",
    "utilizamos cookies",
    "usamos cookies",
    "este sitio utiliza cookies",
    "este sitio web utiliza cookies",
    "este sitio usa cookies",
    "esta web utiliza cookies",
    "ta strona używa",
    "ta strona korzysta z",
    "ta witryna używa",
    "nasza strona używa",
    "używamy plików cookie",
    "strona korzysta z plików cookie",
    "este site usa cookies",
    "este site utiliza cookies",
    "questo sito utilizza",
    "questo sito web utilizza",
    "questo sito usa",
    "utilizziamo i cookie",
    "usiamo i cookie",
    "wij gebruiken cookies",
    "we gebruiken cookies",
    "deze website gebruikt cookies",
    "deze website maakt gebruik van cookies",
    "deze site gebruikt cookies",
];
/// The first crumbs of a trail.
const HOMES: &[&str] =
    &["home", "homepage", "startseite", "start", "accueil", "inicio", "strona główna", "início", "blog"];

/// Whether a line is furniture of a kind that has no fixed wording.
pub fn is_furniture(line: &str, words: &str, position: Position) -> bool {
    let Some(first) = words.split(' ').next().filter(|first| !first.is_empty()) else { return false };
    let is_apart = position.stands_alone;
    (is_apart
        && (is_share_bar(words, position.is_at_edge())
            || is_newsletter(words)
            || is_invitation(line, words)
            || is_lead(line, words)))
        || is_site_credit(words)
        || (position.is_at_edge()
            && (is_cookie_notice(words) || is_counter(first, words) || is_share_bar(words, true)))
        || (position.at_top && is_trail(line, words))
        || (position.at_bottom && is_apart && is_turning(line, words))
}

/// Whether a line is nothing but a link or the bare text of one: no sentence of the essay.
pub fn is_bare(line: &str) -> bool {
    let line = line.trim_start_matches(['-', '*', '•', ' ', '\t']);
    line.starts_with('[') && line.trim_end().ends_with(')')
}

fn starts_with_words(words: &str, start: &str) -> bool {
    words.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn count(words: &str) -> usize {
    words.bytes().filter(|&byte| byte == b' ').count() + 1
}

/// `12 likes`, `Comments (3)`, `7 min read · 4 comments`.
fn is_counter(first: &str, words: &str) -> bool {
    const LONGEST: usize = 48;
    if words.len() > LONGEST || !words.contains(|next: char| next.is_ascii_digit()) {
        return false;
    }
    let is_number =
        |word: &str| word.starts_with(|first: char| first.is_ascii_digit()) && word.len() <= 5 || word == "k";
    let has_time = words.split(' ').any(|word| READING.contains(&word)) && words.contains("min");
    let is_known =
        |word: &str| is_number(word) || COUNTED.contains(&word) || (has_time && READING_TIME.contains(&word));
    // `2 notes on a theme`, `1984 comments`: every word must belong to a counter.
    let numbers = words.split(' ').filter(|word| is_number(word)).count();
    let names = words.split(' ').filter(|word| COUNTED.contains(word)).count();
    words.split(' ').all(is_known) && numbers >= 1 && (has_time || names >= 1) && first != "note"
}

/// `Share on Facebook`, `Facebook Twitter LinkedIn`.
fn is_share_bar(words: &str, at_edge: bool) -> bool {
    const LONGEST: usize = 120;
    if words.len() > LONGEST {
        return false;
    }
    let rest = AFTER_SHARING.iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words).trim_end();
    let named = SHARING
        .iter()
        .find_map(|start| rest.strip_prefix(start).filter(|rest| rest.starts_with(' ')).map(str::trim_start));
    let is_asked = named.is_some();
    if !is_asked && !at_edge {
        return false;
    }
    let networks = named.unwrap_or(rest);
    let names = count(networks);
    let is_network =
        |word: &str| NETWORKS.contains(&word) || SHARING.contains(&word) || matches!(word, "on" | "and");
    (is_asked || names >= 3)
        && names <= 14
        && networks.split(' ').all(is_network)
        && networks.split(' ').any(|word| NETWORKS.contains(&word))
        && (is_asked || !networks.contains(" and "))
}

/// `Thanks for reading The Commons! Subscribe for free to receive new posts.`
fn is_newsletter(words: &str) -> bool {
    // Most lines are told by how they start.
    let may_start = words.starts_with(['t', 's', 'g', 'j']) || words.contains("reader supported");
    if !may_start {
        return false;
    }
    const LONGEST_WORDS: usize = 30;
    let length = count(words);
    if length > LONGEST_WORDS {
        return false;
    }
    let asks =
        || words.contains("subscribe") || words.contains("subscriber") || words.contains("free to share it");
    (starts_with_words(words, "thanks for reading") || starts_with_words(words, "thank you for reading"))
        && asks()
        || words.contains("reader supported publication") && asks()
        || starts_with_words(words, "this post is public so feel free to share it")
        || (starts_with_words(words, "get more from") && words.ends_with("in the substack app"))
        || (length <= 9
            && ["subscribe to", "sign up for", "sign up to", "join"]
                .iter()
                .any(|start| starts_with_words(words, start))
            && words.ends_with(" newsletter"))
        || starts_with_words(words, "subscribe to our newsletter")
        || (starts_with_words(words, "subscribe") && words.contains(" to receive new posts"))
}

/// `Proudly created with Wix.com`, which may follow a line of rights.
fn is_site_credit(words: &str) -> bool {
    const LONGEST: usize = 140;
    words.len() <= LONGEST && words.contains("proudly created with wix")
}

/// `We invite you to share your thoughts in the comments below!`
fn is_invitation(line: &str, words: &str) -> bool {
    const LONGEST: usize = 240;
    let speaks_of_comments = || ["omm", "oment", "reacties"].iter().any(|part| words.contains(part));
    if words.len() > LONGEST || !speaks_of_comments() {
        return false;
    }
    const LONGEST_WORDS: usize = 25;
    const PLACES: &[&str] = &[
        "in the comments below",
        "in the comments section",
        "in the comment section",
        "in the comments",
        "comment below",
        "comments section below",
        "in den kommentaren",
        "in die kommentare",
        "en commentaire",
        "en commentaires",
        "dans les commentaires",
        "en los comentarios",
        "w komentarzach",
        "w komentarzu",
        "nos comentários",
        "nei commenti",
        "in de reacties",
        "in de comments",
    ];
    const CALLS: &[&str] = &[
        "share your",
        "let us know",
        "let me know",
        "tell us",
        "tell me",
        "leave a comment",
        "join the discussion",
        "leave your",
        "drop a",
        "schreib",
        "schreibt",
        "schreiben sie",
        "teilt",
        "teile",
        "lass",
        "lasst",
        "sag uns",
        "partagez",
        "dites",
        "laissez",
        "nhésitez",
        "racontez",
        "comparte",
        "cuéntanos",
        "cuéntame",
        "déjanos",
        "déjame",
        "dinos",
        "podziel",
        "podzielcie",
        "napisz",
        "napiszcie",
        "daj znać",
        "dajcie znać",
        "compartilhe",
        "conte",
        "deixe",
        "condividi",
        "condividete",
        "fateci",
        "fammi",
        "scrivi",
        "scrivete",
        "lasciate",
        "laat",
        "deel",
    ];
    // Only prose tells who commented, and when.
    const TELLING: &[&str] = &[
        "she", "he", "they", "wrote", "said", "asked", "was", "were", "had", "used", "would", "when",
        "because",
    ];
    const LEAD_IN: usize = 40;
    const LEAD_OUT: usize = 24;
    if count(words) > LONGEST_WORDS || line.trim_start().starts_with(['“', '"', '>', '«', '„', '|']) {
        return false;
    }
    let Some(place) = PLACES.iter().filter_map(|place| words.find(place).map(|at| at + place.len())).max()
    else {
        return false;
    };
    let call = CALLS.iter().filter_map(|call| words.find(call)).min();
    // A question may come first: `What do you think? Let us know in the comments.`
    let reach = line.rfind('?').map_or(LEAD_IN, |question| question + LEAD_IN);
    call.is_some_and(|call| call <= reach && call < place)
        && words.len() - place <= LEAD_OUT
        && !words.split(' ').any(|word| TELLING.contains(&word))
}

/// `Read more: The other post`.
fn is_lead(line: &str, words: &str) -> bool {
    const LONGEST_WORDS: usize = 20;
    let Some((label, title)) = line.split_once(':') else { return false };
    if count(words) > LONGEST_WORDS {
        return false;
    }
    // A sentence that follows the colon is the essay's.
    let text = title.trim().trim_end_matches(['*', '_', ')', ']']);
    if text.is_empty() || text.ends_with('.') || label.len() > 40 {
        return false;
    }
    let mut lead = String::new();
    normalise(label, &mut lead);
    LEADS.contains(&lead.as_str())
        && (!matches!(lead.as_str(), "next" | "previous" | "recommended") || is_bare(text))
}

fn is_cookie_notice(words: &str) -> bool {
    const LONGEST_WORDS: usize = 60;
    const PURPOSES: &[&str] = &[
        "experience",
        "consent",
        "agree",
        "accept",
        "browsing",
        "analyse",
        "analyze",
        "improve",
        "personal",
        "traffic",
        "ensure",
        "einverstanden",
        "erlebnis",
        "verbessern",
        "zustimm",
        "nutzung",
        "expérience",
        "accepte",
        "améliorer",
        "experiencia",
        "mejorar",
        "acepta",
        "doświadcz",
        "zgod",
        "zgadza",
        "korzystania",
        "experiência",
        "melhorar",
        "concorda",
        "esperienza",
        "migliorare",
        "accett",
        "acconsent",
        "ervaring",
        "verbeteren",
        "akkoord",
        "cookie policy",
    ];
    // A notice speaks to the reader; prose that starts likewise does so seldom.
    const PERSONS: &[&str] = &[
        " you", " our ", " ihnen", " sie ", " ihr", " dir ", " dein", " vous", " votre", " nos ", " su ",
        " tu ", " nuestr", " te ", "twoj", "twoi", "państw", " sua ", " seu ", " você", " tua ", " tuo ",
        " vostr", " je ", " jouw ", " uw ",
    ];
    let purposes = || PURPOSES.iter().filter(|purpose| words.contains(**purpose)).count();
    COOKIES.iter().any(|start| starts_with_words(words, start))
        && words.contains("cookie")
        && count(words) <= LONGEST_WORDS
        && (purposes() >= 2 || purposes() == 1 && PERSONS.iter().any(|person| words.contains(person)))
}

/// `Home › Blog › The title`.
fn is_trail(line: &str, words: &str) -> bool {
    const LONGEST_WORDS: usize = 24;
    const LONGEST_CRUMB: usize = 70;
    if count(words) > LONGEST_WORDS || !HOMES.iter().any(|home| starts_with_words(words, home)) {
        return false;
    }
    [" > ", " » ", " › ", " / ", " → ", " | "].iter().any(|mark| {
        let mut crumbs = line.split(mark);
        let mut first = String::new();
        crumbs.next().inspect(|crumb| normalise(crumb, &mut first));
        // One stroke may part two words of a title.
        let needed = if matches!(*mark, " / " | " | ") { 2 } else { 1 };
        HOMES.contains(&first.as_str())
            && line.matches(mark).count() >= needed
            && crumbs.all(|crumb| crumb.len() <= LONGEST_CRUMB && !crumb.trim_end().ends_with('.'))
    })
}

/// `← The last post`, `Next: The other post →`.
fn is_turning(line: &str, words: &str) -> bool {
    const LONGEST_WORDS: usize = 14;
    const TURNS: &[&str] = &["previous", "next", "older", "newer", "prev"];
    let text = line.trim().trim_matches(['*', '_']);
    let has_arrow = text.starts_with(['←', '⟵', '«', '‹']) || text.ends_with(['→', '⟶', '»', '›']);
    let is_quotation =
        text.starts_with('«') && text.ends_with('»') || text.starts_with('‹') && text.ends_with('›');
    let has_plain_arrow = text.starts_with(['←', '⟵']) || text.ends_with(['→', '⟶']);
    let turns = words.split(' ').take(1).chain(words.rsplit(' ').take(1)).any(|word| TURNS.contains(&word));
    has_arrow && !is_quotation && (has_plain_arrow || turns) && count(words) <= LONGEST_WORDS
}
