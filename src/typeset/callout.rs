//! Set-off remarks: each kind has a bar of its own beside it, and a sign before its title.

use super::block::DEEPEST_INDENT;
use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, Ink, TextStyle};
use super::furniture::paint_word;
use super::galley::{Bar, BarStyle};
use super::paragraph::Align;
use crate::anthology::Resolved;
use crate::document::{Block, Inline};
use crate::paged_book::{Meaning, Role};

/// The bar of a kind of remark and the sign before its title. What others call a remark counts, too.
const KINDS: [(&[&str], BarStyle, &str); 8] = [
    (&["warning", "caution", "danger", "attention", "error", "failure", "bug"], BarStyle::Heavy, "⚠"),
    (&["important"], BarStyle::Double, "❗"),
    (&["tip", "hint"], BarStyle::Hairline, "💡"),
    (&["success", "check", "done"], BarStyle::Hairline, "✔"),
    (&["question", "faq", "help"], BarStyle::Dotted, "❓"),
    (&["example"], BarStyle::Dotted, ""),
    (&["note", "info"], BarStyle::Plain, "✏"),
    (&["todo"], BarStyle::Plain, "☑"),
];

fn look(kind: &str) -> (BarStyle, &'static str) {
    let kind = kind.to_lowercase();
    let known = KINDS.iter().find(|(names, _, _)| names.contains(&kind.as_str()));
    known.map_or((BarStyle::Plain, ""), |(_, bar, sign)| (*bar, sign))
}

impl Compositor<'_> {
    pub fn set_callout(
        &mut self,
        kind: &str,
        title: &[Inline<Resolved>],
        body: &[Block<Resolved>],
        frame: Frame,
    ) {
        self.space(self.layout.leading / 2.0);
        let element = self.structure.add(frame.element, Role::Aside);
        let indent = if frame.depth < DEEPEST_INDENT { frame.style.size * 1.2 } else { 0.0 };
        let inner = frame.inset(indent, 0.0).within(element);
        let start = self.lines.len();
        let named = [Inline::Text(self.labels.callout(kind))];
        let title = if title.is_empty() { &named[..] } else { title };
        let (style, sign) = look(kind);
        self.set_callout_title(sign, title, inner);
        self.keep_together(start, true);
        self.set_blocks(body, inner);
        let x = if frame.right_to_left { frame.left + frame.measure - style.width() } else { frame.left };
        for line in self.lines.iter_mut().skip(start) {
            line.bars.push(Bar { x, style, from: start });
        }
        // Its last line stands on no page alone.
        let last_two = self.lines.len().saturating_sub(2).max(start);
        self.keep_together(last_two, false);
        self.space(self.layout.leading / 2.0);
    }

    /// Sets the title behind its sign, if a face has that. The sign only says again what the title or the bar says.
    fn set_callout_title(&mut self, sign: &str, title: &[Inline<Resolved>], frame: Frame) {
        let style = frame.style.bold();
        let sign_style = TextStyle { size: style.size * 0.95, ..frame.style.unhyphenated() };
        let word = self.shaper.word(sign, sign_style.kind, None, false);
        let width = word.width * sign_style.size / 1000.0;
        let gap = if width > 0.0 { style.size * 0.45 } else { 0.0 };
        let start = self.lines.len();
        let element = self.structure.add(frame.element, Role::Paragraph);
        let mut flow = Flow::indented(width + gap);
        self.flow_inlines(&mut flow, title, Context::new(style, element));
        self.set_flow(flow, Frame { style, align: Align::Ragged, ..frame });
        let x = if frame.right_to_left { frame.left + frame.measure - width } else { frame.left };
        let ink = Ink { style: sign_style, meaning: Meaning::Decoration, link: None };
        if let Some(line) = self.lines.get_mut(start) {
            line.beside.extend(paint_word(&word, &ink, x, 0.0, 0.0));
        }
    }
}
