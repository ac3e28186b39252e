//! What is known of every node before anything is written: how much it says, how much of that is links,
//! and whether it is clutter.

use super::clutter::{self, Verdict};
use super::tree::{NodeId, Tree};

#[derive(Debug)]
pub struct Survey {
    facts: Vec<Facts>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    /// Letters and digits that a reader sees.
    letters: u32,
    /// Those of them that are in links.
    linked: u32,
    /// What speaks for the essay being here: letters outside links and clutter, those of paragraphs twice.
    prose: u32,
    /// Place in the order of the file, and of the first node behind the subtree.
    start: u32,
    end: u32,
    /// Whether an element inside is marked as the page's article.
    holds_article: bool,
    /// Whether it or an element around it is clutter.
    is_off: bool,
    verdict: Option<Verdict>,
}

impl Survey {
    pub fn new(tree: &Tree) -> Self {
        let mut survey = Survey { facts: vec![Facts::default(); tree.len()] };
        let order: Vec<NodeId> = tree.subtree(Tree::ROOT).collect();
        survey.measure(tree, &order);
        survey.judge(tree, &order);
        survey.weigh(tree, &order);
        survey
    }

    fn measure(&mut self, tree: &Tree, order: &[NodeId]) {
        for (place, &node) in order.iter().enumerate() {
            if let Some(facts) = self.facts.get_mut(node as usize) {
                (facts.start, facts.end) = (place as u32, place as u32 + 1);
            }
        }
        for &node in order.iter().rev() {
            if let Some(text) = tree.text(node) {
                let letters = text.chars().filter(|next| next.is_alphanumeric()).count() as u32;
                self.change(node, |facts| facts.letters = letters);
            }
            let mut facts = self.facts(node);
            if clutter::is_for_programs(tree.tag(node)) {
                (facts.letters, facts.linked, facts.holds_article) = (0, 0, false);
                self.change(node, |own| *own = facts);
            }
            if tree.tag(node) == "a" && tree.attribute(node, "href").is_some() {
                facts.linked = facts.letters;
                self.change(node, |own| *own = facts);
            }
            if let Some(parent) = tree.parent(node) {
                let holds_article = facts.holds_article || clutter::is_article(tree, node);
                self.change(parent, |around| {
                    around.letters = around.letters.saturating_add(facts.letters);
                    around.linked = around.linked.saturating_add(facts.linked);
                    around.end = around.end.max(facts.end);
                    around.holds_article |= holds_article;
                });
            }
        }
    }

    fn judge(&mut self, tree: &Tree, order: &[NodeId]) {
        for &node in order {
            let verdict = clutter::judge(tree, self, node);
            let is_off = verdict.is_some() || tree.parent(node).is_some_and(|parent| self.is_off(parent));
            self.change(node, |facts| (facts.verdict, facts.is_off) = (verdict, is_off));
        }
    }

    fn weigh(&mut self, tree: &Tree, order: &[NodeId]) {
        for &node in order.iter().rev() {
            let facts = self.facts(node);
            if facts.is_off {
                continue;
            }
            if tree.text(node).is_some() {
                let mut around = tree.ancestors(node).map(|outer| tree.tag(outer)).take(8);
                let weight = if around.any(|tag| matches!(tag, "p" | "pre" | "blockquote")) { 2 } else { 1 };
                self.change(node, |own| own.prose = facts.letters * weight);
            } else if tree.tag(node) == "a" {
                self.change(node, |own| own.prose = 0);
            }
            let prose = self.prose(node);
            if let Some(parent) = tree.parent(node) {
                self.change(parent, |around| around.prose = around.prose.saturating_add(prose));
            }
        }
    }

    fn facts(&self, node: NodeId) -> Facts {
        self.facts.get(node as usize).copied().unwrap_or_default()
    }

    fn change(&mut self, node: NodeId, change: impl FnOnce(&mut Facts)) {
        if let Some(facts) = self.facts.get_mut(node as usize) {
            change(facts);
        }
    }

    pub fn letters(&self, node: NodeId) -> u32 {
        self.facts(node).letters
    }

    pub fn linked(&self, node: NodeId) -> u32 {
        self.facts(node).linked
    }

    pub fn prose(&self, node: NodeId) -> u32 {
        self.facts(node).prose
    }

    pub fn is_off(&self, node: NodeId) -> bool {
        self.facts(node).is_off
    }

    pub fn verdict(&self, node: NodeId) -> Option<Verdict> {
        self.facts(node).verdict
    }

    pub fn holds_article(&self, node: NodeId) -> bool {
        self.facts(node).holds_article
    }

    /// Where the node and its subtree stand in the order of the file.
    pub fn range(&self, node: NodeId) -> std::ops::Range<u32> {
        let facts = self.facts(node);
        facts.start..facts.end
    }

    /// Whether `inner` is `outer` or stands in it.
    pub fn holds(&self, outer: NodeId, inner: NodeId) -> bool {
        self.range(outer).contains(&self.facts(inner).start)
    }
}
