//! Words wider than a line: cut anywhere, for want of anything better.

use std::ops::Range;
use std::sync::Arc;

use super::flow::{Content, Flow, GIVE};
use super::justify::{FORBIDDEN, Item, LAST_RESORT};
use super::word::Cut;

const ANYWHERE: Item = Item::Penalty { width: 0.0, cost: LAST_RESORT, hyphen: false, hang_right: 0.0 };

/// The flow with last resorts wherever nothing else would keep it within the measure; `None` if all of it fits.
pub fn cut_overlong(flow: &Flow, measure: f32) -> Option<Flow> {
    let stretches = find_overlong(flow, measure);
    if stretches.is_empty() {
        return None;
    }
    let mut cut = Flow { inks: flow.inks.clone(), bidirectional: flow.bidirectional, ..Flow::default() };
    let mut marks = flow.marks.iter().peekable();
    let mut stretches = stretches.into_iter().peekable();
    for (index, (item, content)) in flow.items.iter().zip(&flow.contents).enumerate() {
        while let Some(&(_, mark)) = marks.next_if(|(at, _)| *at <= index) {
            cut.marks.push((cut.items.len(), mark));
        }
        while stretches.next_if(|stretch| stretch.end <= index).is_some() {}
        match stretches.peek() {
            Some(stretch) if stretch.contains(&index) => {
                let boxed = matches!(item, Item::Box { .. });
                let holds = matches!(item, Item::Penalty { cost: FORBIDDEN, .. });
                if index > stretch.start
                    && (boxed || holds)
                    && matches!(cut.items.last(), Some(Item::Box { .. }))
                {
                    cut.push(ANYWHERE, Content::Nothing);
                }
                push_in_pieces(&mut cut, item, content);
            }
            _ => cut.push(*item, content.clone()),
        }
        if let Some(level) = flow.levels.get(index) {
            cut.levels.resize(cut.items.len(), *level);
        }
    }
    cut.marks.extend(marks.map(|&(_, mark)| (cut.items.len(), mark)));
    Some(cut)
}

/// The stretches of items between two places where a line may end that are wider than the measure.
fn find_overlong(flow: &Flow, measure: f32) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut width, mut holds) = (0, 0.0, false);
    for (index, item) in flow.items.iter().enumerate() {
        match *item {
            Item::Box { width: more, give, .. } => {
                width += more - give;
                holds = false;
            }
            Item::Glue { width: more, shrink, .. } if holds => width += more - shrink,
            Item::Penalty { cost: FORBIDDEN, .. } => holds = true,
            Item::Glue { .. } | Item::Penalty { .. } => {
                if width > measure {
                    found.push(start..index);
                }
                (start, width) = (index + 1, 0.0);
            }
        }
    }
    found
}

fn push_in_pieces(flow: &mut Flow, item: &Item, content: &Content) {
    let (Content::Piece { word, from, to, ink }, Item::Box { hang_left, hang_right, .. }) = (content, item)
    else {
        flow.push(*item, content.clone());
        return;
    };
    let style = flow.inks[*ink].style;
    let seams = word.seams();
    let first = from.unwrap_or(Cut { run: 0, byte: 0 });
    let start = seams.partition_point(|seam| seam.at < first);
    let end = to.map_or(seams.len(), |to| seams.partition_point(|seam| seam.at < to));
    let (mut from, mut left) = (*from, *hang_left);
    for (index, seam) in seams.iter().enumerate().take(end).skip(start) {
        let is_last = index + 1 == end;
        let next = seams.get(index + 1);
        let reached = next.map_or(word.width, |next| next.width);
        let glyphs = next.map_or_else(|| word.count_glyphs(None, None), |next| next.glyphs) - seam.glyphs;
        let width = (reached - seam.width) * style.size / 1000.0 + style.tracking * glyphs as f32;
        let until = if is_last { *to } else { next.map(|next| next.at) };
        let piece = Content::Piece { word: Arc::clone(word), from, to: until, ink: *ink };
        let hang_right = if is_last { *hang_right } else { 0.0 };
        flow.push(Item::Box { width, give: width * GIVE, hang_left: left, hang_right }, piece);
        if !is_last {
            flow.push(ANYWHERE, Content::Nothing);
        }
        (from, left) = (until, 0.0);
    }
}
