//! Citations of works: by key, by a written reference, by a moment of a video.

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
        let mut items = Vec::with_capacity(works.len());
        for CitedItem { work, locator, signal } in works {
            // Within another link's text the citation is no link, so nothing leads back to it.
            let here = if self.in_link { LocalAnchor(0) } else { self.anchor("cite") };
            items.push(ClusterItem { work, locator, signal, here });
        }
        // Marks side by side, as in `[1][2]` or `[1, 2]`, are one citation.
        if let Some(Inline::Link { to: PendingLink::Citation(before), .. }) = out.last()
            && let Some(cluster) = self.out.clusters.get_mut(*before)
        {
            cluster.items.extend(items);
            return;
        }
        let cluster = self.out.clusters.len();
        self.out.clusters.push(Cluster { items, linked: !self.in_link, setting });
        out.push(Inline::Link { to: PendingLink::Citation(cluster), content: Vec::new() });
    }

    pub(super) fn citation(&mut self, keys: Vec<CitedKey>, span: Span, out: &mut Vec<Inline<Linked>>) {
        let (known, unknown): (Vec<_>, Vec<_>) =
            keys.into_iter().partition(|cited| self.book.library.contains(&cited.key));
        let found_none = known.is_empty();
        if !found_none {
            let works = known
                .into_iter()
                .map(|cited| CitedItem {
                    work: CitedWork::Key(cited.key),
                    locator: cited.locator.map(Locator::Written),
                    signal: None,
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
            .map(|cited| match &cited.locator {
                Some(locator) => format!("@{}, {locator}", cited.key),
                None => format!("@{}", cited.key),
            })
            .collect();
        let space = if found_none { "" } else { " " };
        rewrite::push_text(format!("{space}[{}]", written.join("; ")), out);
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

/// `1:06`, or `1:05:01` from an hour on.
fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
