//! Kinds of works and roles of people, in CSL's words and in hayagriva's.

use hayagriva::types::{EntryType, PersonRole};

/// How hayagriva holds a kind of work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// CSL's name, or one of our own where CSL has none: see [`csl`].
    pub(super) name: &'static str,
    pub(super) own: EntryType,
    /// What the work appeared in.
    pub(super) container: Option<EntryType>,
    /// Whether it is the container that makes it this kind.
    pub(super) needs_container: bool,
}

const fn within(name: &'static str, own: EntryType, container: EntryType) -> Kind {
    Kind { name, own, container: Some(container), needs_container: true }
}

const fn perhaps_within(name: &'static str, own: EntryType, container: EntryType) -> Kind {
    Kind { name, own, container: Some(container), needs_container: false }
}

const fn alone(name: &'static str, own: EntryType) -> Kind {
    Kind { name, own, container: None, needs_container: false }
}

/// Of several that fit an entry, the first is meant; of several with a name, too.
const KINDS: [Kind; 38] = [
    within("article-newspaper", EntryType::Article, EntryType::Newspaper),
    within("paper-conference", EntryType::Article, EntryType::Proceedings),
    within("post-weblog", EntryType::Article, EntryType::Blog),
    within("article-journal", EntryType::Article, EntryType::Periodical),
    within("chapter", EntryType::Article, EntryType::Book),
    perhaps_within("article", EntryType::Article, EntryType::Web),
    within("chapter", EntryType::Chapter, EntryType::Book),
    within("chapter", EntryType::Chapter, EntryType::Anthology),
    within("chapter", EntryType::Chapter, EntryType::Proceedings),
    within("entry-encyclopedia", EntryType::Chapter, EntryType::Reference),
    within("chapter", EntryType::Anthos, EntryType::Anthology),
    within("chapter", EntryType::Anthos, EntryType::Book),
    within("entry-encyclopedia", EntryType::Entry, EntryType::Reference),
    perhaps_within("entry-encyclopedia", EntryType::Entry, EntryType::Book),
    perhaps_within("chapter", EntryType::Chapter, EntryType::Book),
    perhaps_within("chapter", EntryType::Anthos, EntryType::Anthology),
    alone("book", EntryType::Book),
    alone("collection", EntryType::Anthology),
    alone("proceedings", EntryType::Proceedings),
    alone("reference", EntryType::Reference),
    alone("periodical", EntryType::Periodical),
    perhaps_within("report", EntryType::Report, EntryType::Anthology),
    alone("thesis", EntryType::Thesis),
    perhaps_within("webpage", EntryType::Web, EntryType::Web),
    perhaps_within("webpage", EntryType::Blog, EntryType::Web),
    perhaps_within("post", EntryType::Post, EntryType::Web),
    perhaps_within("post", EntryType::Thread, EntryType::Web),
    perhaps_within("software", EntryType::Repository, EntryType::Web),
    alone("patent", EntryType::Patent),
    perhaps_within("manuscript", EntryType::Manuscript, EntryType::Anthology),
    perhaps_within("legislation", EntryType::Legislation, EntryType::Anthology),
    perhaps_within("legal_case", EntryType::Case, EntryType::Reference),
    perhaps_within("motion_picture", EntryType::Video, EntryType::Video),
    perhaps_within("song", EntryType::Audio, EntryType::Audio),
    perhaps_within("graphic", EntryType::Artwork, EntryType::Exhibition),
    alone("performance", EntryType::Performance),
    alone("event", EntryType::Exhibition),
    perhaps_within("document", EntryType::Misc, EntryType::Book),
];

/// What stands in for CSL types that hayagriva knows nothing like.
const STAND_INS: [(&str, &str); 20] = [
    ("article-magazine", "article-journal"),
    ("bill", "legislation"),
    ("broadcast", "motion_picture"),
    ("classic", "book"),
    ("dataset", "software"),
    ("entry", "entry-encyclopedia"),
    ("entry-dictionary", "entry-encyclopedia"),
    ("figure", "graphic"),
    ("hearing", "document"),
    ("interview", "document"),
    ("map", "graphic"),
    ("musical_score", "document"),
    ("pamphlet", "document"),
    ("personal_communication", "document"),
    ("regulation", "legislation"),
    ("review", "article-journal"),
    ("review-book", "article-journal"),
    ("speech", "document"),
    ("standard", "report"),
    ("treaty", "legislation"),
];

/// The kind with this name, or its stand-in.
pub(super) fn named(name: &str) -> Option<Kind> {
    let stand_in = STAND_INS.iter().find(|(known, _)| *known == name).map(|(_, stand_in)| *stand_in);
    let name = stand_in.unwrap_or(name);
    // An article in a book is a chapter, but a chapter is no article.
    let is_named = |kind: &&Kind| kind.name == name && (name != "chapter" || kind.own == EntryType::Chapter);
    KINDS.iter().find(is_named).copied()
}

/// The kind of an entry whose parents have these types.
pub(super) fn of(own: EntryType, has_parent: impl Fn(EntryType) -> bool) -> Kind {
    let fits =
        |kind: &&Kind| kind.own == own && (!kind.needs_container || kind.container.is_some_and(&has_parent));
    KINDS.iter().find(fits).copied().unwrap_or(alone("document", EntryType::Misc))
}

/// The name that CSL has for a kind.
pub(in super::super) fn csl(kind: &str) -> &str {
    match kind {
        "proceedings" | "reference" => "book",
        other => other,
    }
}

/// Roles that hayagriva calls otherwise than CSL, and those that CSL lacks.
pub(super) const ROLES: [(&str, PersonRole); 20] = [
    ("afterword", PersonRole::Afterword),
    ("annotator", PersonRole::Annotator),
    ("cinematography", PersonRole::Cinematography),
    ("commentator", PersonRole::Commentator),
    ("compiler", PersonRole::Compiler),
    ("composer", PersonRole::Composer),
    ("contributor", PersonRole::Collaborator),
    ("director", PersonRole::Director),
    ("executive-producer", PersonRole::ExecutiveProducer),
    ("foreword", PersonRole::Foreword),
    ("holder", PersonRole::Holder),
    ("illustrator", PersonRole::Illustrator),
    ("introduction", PersonRole::Introduction),
    ("narrator", PersonRole::Narrator),
    ("organizer", PersonRole::Organizer),
    ("performer", PersonRole::CastMember),
    ("producer", PersonRole::Producer),
    ("script-writer", PersonRole::Writer),
    ("series-creator", PersonRole::Founder),
    ("translator", PersonRole::Translator),
];
