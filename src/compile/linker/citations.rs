//! Citations of works: by key, by a written reference, by a moment of a video.

use hayagriva::types::Person;

use crate::document::{CitedKey, Inline, Span, plain_text};

use super::super::addresses::{self, Address};
use super::super::linked::{
    CitedWork, Cluster, ClusterItem, Linked, LocalAnchor, Locator, PendingLink, Setting,
};
use super::super::readings::CitedPlace;
use super::super::references::WrittenReference;
use super::super::rewrite;
use super::{Linker, MOST_TOLD};

/// What a citation is made of.
#[derive(Debug)]
pub(super) struct CitedItem {
    pub(super) work: CitedWork,
    pub(super) locator: Option<Locator>,
    pub(super) signal: Option<String>,
}

impl CitedItem {
    pub(super) fn of_place(place: &CitedPlace) -> Self {
        CitedItem {
            work: CitedWork::Written(place.reference),
            locator: place.locator.clone(),
            signal: place.signal.clone(),
        }
    }
}

impl Linker<'_> {
    /// Appends a citation of works, which is set once the whole book is known.
    pub(super) fn cite(&mut self, works: Vec<CitedItem>, setting: Setting, out: &mut Vec<Inline<Linked>>) {
        if self.sets_notes() {
            return self.cite_in_note(works, out);
        }
        let items = self.items(works);
        // Marks side by side, as in `[1][2]` or `[1, 2]`, are one citation.
        if let Some(Inline::Link { to: PendingLink::Citation(before), content }) = out.last()
            && content.is_empty()
            && let Some(cluster) = self.out.clusters.get_mut(*before)
        {
            cluster.items.extend(items);
            return;
        }
        self.push_cluster(items, setting, Vec::new(), out);
    }

    /// Makes the author's words for a work the citation of it.
    pub(super) fn cite_in_words(
        &mut self,
        works: Vec<CitedItem>,
        words: Vec<Inline<Linked>>,
        out: &mut Vec<Inline<Linked>>,
    ) {
        let items = self.items(works);
        self.push_cluster(items, Setting::Plain, words, out);
    }

    fn items(&mut self, works: Vec<CitedItem>) -> Vec<ClusterItem> {
        let mut items = Vec::with_capacity(works.len());
        for CitedItem { work, locator, signal } in works {
            // Within another link's text the citation is no link, so nothing leads back to it.
            let here = if self.in_link { LocalAnchor(0) } else { self.anchor("cite") };
            items.push(ClusterItem { work, locator, signal, here });
        }
        items
    }

    fn push_cluster(
        &mut self,
        items: Vec<ClusterItem>,
        setting: Setting,
        content: Vec<Inline<Linked>>,
        out: &mut Vec<Inline<Linked>>,
    ) {
        let to = PendingLink::Citation(self.out.clusters.len());
        self.out.clusters.push(Cluster { items, linked: !self.in_link, setting, note: self.note });
        out.push(Inline::Link { to, content });
    }

    pub(super) fn citation(&mut self, keys: Vec<CitedKey>, span: Span, out: &mut Vec<Inline<Linked>>) {
        let (known, unknown): (Vec<_>, Vec<_>) =
            keys.into_iter().partition(|cited| self.book.library.contains(&cited.key));
        let found_none = known.is_empty();
        if !found_none {
            if let [CitedKey { key, is_named: true, .. }] = known.as_slice()
                && self.book.citing.in_notes
            {
                let named = self.name_of(key);
                rewrite::push_text(named, out);
            }
            let works = known
                .into_iter()
                .map(|cited| CitedItem {
                    work: CitedWork::Key(cited.key),
                    locator: cited.locator.map(Locator::Written),
                    signal: cited.prefix,
                })
                .collect();
            self.cite(works, Setting::Plain, out);
        }
        if unknown.is_empty() {
            return;
        }
        for cited in &unknown {
            if !self.unknown_keys.insert(cited.key.clone()) {
                continue;
            }
            let message = format!("no bibliography file has `{}`; the key stays as text", cited.key);
            // Looking through all keys is worth it where somebody reads the answer.
            let is_read = self.unknown_keys.len() <= MOST_TOLD;
            let near = is_read.then(|| self.book.library.nearest(&cited.key)).flatten();
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "add the work to a bibliography file, or correct the key".to_owned(),
            };
            self.warn("unknown-citation", message, span, &help);
        }
        let written: Vec<String> = unknown
            .iter()
            .map(|cited| {
                let prefix = cited.prefix.as_ref().map(|prefix| format!("{prefix} ")).unwrap_or_default();
                let locator = cited.locator.as_ref().map(|it| format!(", {it}")).unwrap_or_default();
                format!("{prefix}@{}{locator}", cited.key)
            })
            .collect();
        let space = if found_none { "" } else { " " };
        rewrite::push_text(format!("{space}[{}]", written.join("; ")), out);
    }

    /// Who wrote a work, as a sentence names them: the note that follows says the rest.
    pub(super) fn name_of(&self, key: &str) -> String {
        let Some(entry) = self.book.library.get(key) else { return key.to_owned() };
        let people = entry.authors().or(entry.editors()).unwrap_or_default();
        match people {
            [] => entry.title().map_or_else(|| key.to_owned(), |title| title.value.to_string()),
            [one] => family(one),
            [one, other] => format!("{} {} {}", family(one), self.labels().and, family(other)),
            [one, ..] => format!("{} et al.", family(one)),
        }
    }

    pub(super) fn timestamp(&mut self, seconds: u32, span: Span, out: &mut Vec<Inline<Linked>>) {
        let moment = clock(seconds);
        if let Some(video) = self.video_reference() {
            let locator = Some(Locator::Timestamp(moment));
            self.cite(
                vec![CitedItem { work: CitedWork::Written(video), locator, signal: None }],
                Setting::Plain,
                out,
            );
            return;
        }
        if !self.missing_video_reported {
            self.missing_video_reported = true;
            self.warn(
                "timestamp-without-video",
                "the essay's timestamps belong to no video; they stay as text".to_owned(),
                span,
                "give the video's address in the metadata block, `video: https://…`",
            );
        }
        let before = out.last().map(|last| plain_text(std::slice::from_ref(last))).unwrap_or_default();
        let space = if before.ends_with(char::is_alphanumeric) { "\u{a0}" } else { "" };
        rewrite::push_text(format!("{space}[{moment}]"), out);
    }

    /// The reference for the essay's video, made when it is first needed.
    fn video_reference(&mut self) -> Option<usize> {
        if self.video.is_none() {
            let Address::External(address) = addresses::read(self.essay.document.metadata.video.as_deref()?)
            else {
                return None;
            };
            self.video = Some(self.out.references.len());
            self.out.references.push(WrittenReference::video(&self.essay.title, address));
        }
        self.video
    }
}

/// The name with the particle that goes before it.
fn family(person: &Person) -> String {
    match &person.prefix {
        Some(particle) => format!("{particle} {}", person.name),
        None => person.name.clone(),
    }
}

/// `1:06`, or `1:05:01` from an hour on.
fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
