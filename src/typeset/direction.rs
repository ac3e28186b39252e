//! Text that is read from right to left, alone or within other text (Unicode Standard Annex 9).

use unicode_bidi::{BidiInfo, Level};

use super::compositor::Compositor;
use super::flow::{Content, Flow, Mark};
use super::justify::{FORCED, Item};

impl Compositor<'_> {
    /// The flow with the embedding level of every item, each word shaped in its direction. What a word's
    /// marks and figures are read with depends on its neighbours, so this waits for the whole paragraph.
    pub fn direct(&mut self, flow: &Flow, right_to_left: bool) -> Flow {
        let base = if right_to_left { Level::rtl() } else { Level::ltr() };
        let (text, starts) = spell(flow);
        let info = BidiInfo::new(&text, Some(base));
        let mut directed = Flow { inks: flow.inks.clone(), bidirectional: true, ..Flow::default() };
        let mut marks = flow.marks.iter().peekable();
        let mut index = 0;
        while index < flow.items.len() {
            while let Some(&(at, mark)) = marks.next_if(|(at, _)| *at <= index) {
                // A place within a word is not the next one's.
                if at == index || !matches!(mark, Mark::Place(_)) {
                    directed.marks.push((directed.items.len(), mark));
                }
            }
            let end = unit_end(flow, index);
            let bytes = starts[index]..starts[end];
            let level = info.levels.get(bytes.start).copied().unwrap_or(base);
            match &flow.contents[index] {
                Content::Piece { word, ink, .. }
                    if level.is_rtl() != word.right_to_left
                        || info.levels[bytes.clone()].iter().any(|&other| other != level) =>
                {
                    let style = flow.inks[*ink].style;
                    let mut start = bytes.start;
                    for levels in info.levels[bytes.clone()].chunk_by(|level, next| level == next) {
                        let part = &text[start..start + levels.len()];
                        start += levels.len();
                        let Some(&level) = levels.first() else { continue };
                        let word = self.shaper.word(part, style.kind, style.language, level.is_rtl());
                        self.flow_shaped(&mut directed, &word, None, *ink);
                        directed.levels.resize(directed.items.len(), level);
                    }
                }
                _ => {
                    for at in index..end {
                        directed.push(flow.items[at], flow.contents[at].clone());
                    }
                    directed.levels.resize(directed.items.len(), level);
                }
            }
            index = end;
        }
        directed.marks.extend(marks.map(|&(_, mark)| (directed.items.len(), mark)));
        directed
    }
}

/// What a flow says, and the byte where each item starts; the last start is the text's end.
fn spell(flow: &Flow) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(flow.items.len() + 1);
    let mut index = 0;
    while index < flow.items.len() {
        let end = unit_end(flow, index);
        starts.resize(end, text.len());
        match (&flow.contents[index], &flow.items[index]) {
            (Content::Piece { word, .. }, _) => word.runs.iter().for_each(|run| text.push_str(&run.text)),
            (Content::Space { .. }, _) => text.push(' '),
            (Content::Picture { .. } | Content::Formula { .. }, _) => text.push('\u{FFFC}'),
            (_, Item::Penalty { cost: FORCED, .. }) => text.push('\n'),
            _ => {}
        }
        index = end;
    }
    starts.push(text.len());
    (text, starts)
}

/// The end of the word that starts at an item; anything else stands for itself.
fn unit_end(flow: &Flow, index: usize) -> usize {
    match &flow.contents[index] {
        Content::Piece { to: Some(_), .. } => {
            let rest = flow.contents.iter().skip(index);
            let last = rest.take_while(|content| !matches!(content, Content::Piece { to: None, .. })).count();
            (index + last + 1).min(flow.items.len())
        }
        _ => index + 1,
    }
}
