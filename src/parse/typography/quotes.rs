//! Quotation marks, apostrophes and primes.
//!
//! What a straight mark is shows in its surroundings; which pair a quotation gets, only when it is
//! known what it stands in. So marks are collected first and set at the end of the run.

use super::languages::Rules;
use super::marks::{Edit, after, before, is_word};

/// The quotation marks of one run.
pub struct Quotes<'t> {
    text: &'t str,
    marks: Vec<Mark<'t>>,
    /// Places among `marks` of those that are open.
    open: Vec<usize>,
    open_doubles: usize,
    /// Where the mark before ended that opened something.
    opened_until: usize,
    /// Where the value of an attribute ends, `src="x.png"`: that is code, marked as such or not.
    value_end: usize,
    /// Where the last `'` stands that may close a quotation; found when first asked for.
    last_closing: Option<Option<usize>>,
}

struct Mark<'t> {
    at: usize,
    sign: Sign,
    opens: bool,
    /// Whether another mark makes a pair with it.
    paired: bool,
    rules: Option<&'t Rules>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Double,
    Single,
    /// Set by the author, of the given depth.
    Typed(Depth),
}

/// Which pair of marks a quotation is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Primary,
    Secondary,
    Single,
}

impl<'t> Quotes<'t> {
    pub fn new(text: &'t str) -> Self {
        Quotes {
            text,
            marks: Vec::new(),
            open: Vec::new(),
            open_doubles: 0,
            opened_until: usize::MAX,
            value_end: 0,
            last_closing: None,
        }
    }

    /// Reads the straight mark at `at`.
    pub fn read(&mut self, at: usize, rules: &'t Rules, edits: &mut Vec<Edit>) {
        if at < self.value_end {
            return;
        }
        if self.text.as_bytes()[at] == b'"' {
            match self.value(at) {
                Some(end) => self.value_end = end,
                None => self.read_double(at, rules, edits),
            }
        } else {
            self.read_single(at, rules, edits);
        }
    }

    /// Where the attribute's value ends that the mark at `at` begins, if it does.
    fn value(&self, at: usize) -> Option<usize> {
        let name = self.text[..at].strip_suffix('=')?;
        name.ends_with(|last: char| last.is_ascii_alphabetic()).then_some(())?;
        let length = self.text[at + 1..].find('"')?;
        Some(at + 1 + length + 1)
    }

    fn read_double(&mut self, at: usize, rules: &'t Rules, edits: &mut Vec<Edit>) {
        let (left, right) = (before(self.text, at), after(self.text, at + 1));
        if left.is_some_and(is_hebrew) && right.is_some_and(is_hebrew) {
            edits.push(Edit::at(at, "״"));
        } else if left.is_some_and(char::is_numeric) && (self.open_doubles == 0 || self.follows_feet(at)) {
            edits.push(Edit::at(at, "″"));
        } else if self.opens_double(at, left, right) {
            self.open(at, Sign::Double, rules);
        } else {
            self.close_double(at, rules);
        }
    }

    fn opens_double(&self, at: usize, left: Option<char>, right: Option<char>) -> bool {
        let is_free = self.is_free(at, left);
        let faces_word =
            right.is_some_and(|right| !right.is_whitespace() && !".,;:!?)]}…”’»—–".contains(right));
        match (is_free, faces_word) {
            (true, true) => true,
            (false, false) => false,
            // `" words "`, `say:"words"`: then what is open decides.
            _ => self.open_doubles == 0 && right.is_some(),
        }
    }

    /// Whether what is to the left lets a quotation begin.
    fn is_free(&self, at: usize, left: Option<char>) -> bool {
        left.is_none_or(|left| left.is_whitespace() || "([{<-–—/¿¡“‘„‚«‹=|*~_".contains(left))
            || self.opened_until == at
    }

    /// `6'2"`, also within a quotation.
    fn follows_feet(&self, at: usize) -> bool {
        let feet = self.text[..at].trim_end_matches(|next: char| next.is_numeric());
        feet.strip_suffix(['\'', '′']).is_some_and(|feet| feet.ends_with(char::is_numeric))
    }

    fn read_single(&mut self, at: usize, rules: &'t Rules, edits: &mut Vec<Edit>) {
        let (left, right) = (before(self.text, at), after(self.text, at + 1));
        let faces_word = right.is_some_and(is_word);
        let is_enclosed = self.open.last().is_some_and(|&last| self.marks[last].sign == Sign::Single);
        let is_digit = |side: Option<char>| side.is_some_and(char::is_numeric);
        let set = match left {
            Some(left) if is_word(left) && faces_word => {
                let is_feet = is_digit(Some(left)) && is_digit(right);
                if is_feet {
                    "′"
                } else if is_hebrew(left) {
                    "׳"
                } else {
                    "’"
                }
            }
            _ if self.is_free(at, left) || left == Some('"') && faces_word && !is_enclosed => {
                let opens = right.is_some_and(|right| !right.is_whitespace())
                    && !self.is_clipped(at, rules)
                    && self.last_closing().is_some_and(|last| last > at);
                if opens {
                    return self.open(at, Sign::Single, rules);
                }
                "’"
            }
            _ if is_enclosed => return self.close_single(at),
            Some(':' | '=') if faces_word && self.last_closing().is_some_and(|last| last > at) => {
                return self.open(at, Sign::Single, rules);
            }
            _ if is_digit(left) => "′",
            _ => "’",
        };
        edits.push(Edit::at(at, set));
    }

    /// Whether an apostrophe stands for the beginning of a word: `'90s`, `'tis`.
    fn is_clipped(&self, at: usize, rules: &'t Rules) -> bool {
        let rest = &self.text[at + 1..];
        let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
        if digits == 2 {
            return true;
        }
        rules.clipped.iter().any(|word| {
            let Some(start) = rest.get(..word.len()) else { return false };
            let next = rest[start.len()..].chars().next();
            // `'n'` is clipped at both ends; any other word in marks is quoted.
            start.eq_ignore_ascii_case(word)
                && !next.is_some_and(is_word)
                && (next != Some('\'') || *word == "n")
        })
    }

    /// Where the last `'` stands that a word or its punctuation comes before, and no word after.
    fn last_closing(&mut self) -> Option<usize> {
        *self.last_closing.get_or_insert_with(|| {
            let mut marks = self.text.rmatch_indices('\'').map(|(at, _)| at);
            marks.find(|&at| {
                before(self.text, at).is_some_and(|left| !left.is_whitespace())
                    && !after(self.text, at + 1).is_some_and(is_word)
            })
        })
    }

    /// Remembers a mark that the author set: straight ones inside it are inner ones.
    pub fn read_typed(&mut self, at: usize, mark: char) {
        let left = before(self.text, at);
        let depth = match mark {
            '“' | '”' | '„' | '«' | '»' => Depth::Primary,
            '‘' | '‚' | '‹' | '›' => Depth::Secondary,
            _ => return,
        };
        let right = after(self.text, at + mark.len_utf8());
        let opens =
            self.is_free(at, left) && right.is_some_and(|right| !right.is_whitespace() || mark == '«');
        if opens {
            self.push(at, Sign::Typed(depth), None);
            self.opened_until = at + mark.len_utf8();
        } else if let Some(&last) = self.open.last()
            && matches!(self.marks[last].sign, Sign::Typed(_))
        {
            self.pair(last, at, None);
        }
    }

    fn open(&mut self, at: usize, sign: Sign, rules: &'t Rules) {
        self.push(at, sign, Some(rules));
        self.open_doubles += usize::from(sign == Sign::Double);
        self.opened_until = at + 1;
    }

    fn push(&mut self, at: usize, sign: Sign, rules: Option<&'t Rules>) {
        self.open.push(self.marks.len());
        self.marks.push(Mark { at, sign, opens: true, paired: false, rules });
    }

    fn close_single(&mut self, at: usize) {
        if let Some(&last) = self.open.last() {
            let rules = self.marks[last].rules;
            self.pair(last, at, rules);
        }
    }

    /// Closes the innermost quotation in double marks; what is open within it was no quotation.
    fn close_double(&mut self, at: usize, rules: &'t Rules) {
        while let Some(&last) = self.open.last().filter(|_| self.open_doubles > 0) {
            if self.marks[last].sign == Sign::Double {
                self.open_doubles -= 1;
                let rules = self.marks[last].rules;
                return self.pair(last, at, rules);
            }
            self.open.pop();
        }
        self.marks.push(Mark { at, sign: Sign::Double, opens: false, paired: false, rules: Some(rules) });
    }

    fn pair(&mut self, opening: usize, at: usize, rules: Option<&'t Rules>) {
        self.open.pop();
        self.marks[opening].paired = true;
        let sign = self.marks[opening].sign;
        self.marks.push(Mark { at, sign, opens: false, paired: true, rules });
    }

    /// Sets the marks, now that it is known what stands in what.
    pub fn settle(&self, edits: &mut Vec<Edit>) {
        let mut depths = Vec::new();
        for mark in &self.marks {
            let depth = if mark.opens {
                let depth = depth_within(depths.last().copied(), mark.sign);
                if mark.paired {
                    depths.push(depth);
                }
                depth
            } else if mark.paired {
                depths.pop().unwrap_or(Depth::Primary)
            } else {
                Depth::Primary
            };
            let Some(rules) = mark.rules else { continue };
            if mark.sign == Sign::Single && !mark.paired {
                edits.push(Edit::at(mark.at, "’"));
                continue;
            }
            let pair = match depth {
                Depth::Primary => rules.primary,
                Depth::Secondary => rules.secondary,
                Depth::Single => rules.single,
            };
            self.set(mark, if mark.opens { pair.0 } else { pair.1 }, edits);
        }
    }

    /// Sets one mark. A space that was typed inside a mark that brings its own gives way to it.
    fn set(&self, mark: &Mark, set: &'static str, edits: &mut Vec<Edit>) {
        let bytes = self.text.as_bytes();
        if mark.opens && set.ends_with('\u{A0}') && bytes.get(mark.at + 1) == Some(&b' ') {
            edits.push(Edit::at(mark.at + 1, ""));
        } else if !mark.opens && set.starts_with('\u{A0}') && self.text[..mark.at].ends_with(' ') {
            edits.push(Edit::at(mark.at - 1, ""));
        }
        edits.push(Edit::at(mark.at, set));
    }
}

/// Marks alternate from the outside inwards.
fn depth_within(outer: Option<Depth>, sign: Sign) -> Depth {
    match (sign, outer) {
        (Sign::Typed(depth), _) => depth,
        (_, Some(Depth::Primary)) => Depth::Secondary,
        (_, Some(Depth::Secondary | Depth::Single)) | (Sign::Double, None) => Depth::Primary,
        (Sign::Single, None) => Depth::Single,
    }
}

fn is_hebrew(letter: char) -> bool {
    ('\u{5D0}'..='\u{5EA}').contains(&letter)
}
