//! Total-fit line breaking after Knuth and Plass, "Breaking Paragraphs into Lines" (1981).
//!
//! A paragraph is a row of boxes, glue and penalties; the breaks chosen are those whose demerits are
//! least over the whole paragraph. Two things go beyond the paper. Margins are optical: a mark that
//! hangs into the margin counts for less than its width at a line's end. And boxes may give: letters a
//! hair wider or narrower take a part of what word spaces would have to take alone.

/// A piece of a paragraph, lengths in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item {
    /// Something with ink, which may become wider or narrower by `give`. `hang_left` and `hang_right`
    /// are how far it may stand out into the margin at a line's start and end.
    Box { width: f32, give: f32, hang_left: f32, hang_right: f32 },
    /// A space; the line may end before it if a box comes before.
    Glue { width: f32, stretch: f32, shrink: f32 },
    /// A place where a line may end at a price: [`FORCED`] must, [`FORBIDDEN`] must not, nor at the glue
    /// that follows; from [`LAST_RESORT`] on it does only if there is no other way to keep text between the
    /// margins. `width` appears (a hyphen) when it does.
    Penalty { width: f32, cost: f32, hyphen: bool, hang_right: f32 },
}

impl Item {
    /// A box that neither gives nor hangs.
    pub fn blank(width: f32) -> Self {
        Item::Box { width, give: 0.0, hang_left: 0.0, hang_right: 0.0 }
    }

    /// Whether it makes lines shorter or stiffer.
    fn goes_back(&self) -> bool {
        match *self {
            Item::Box { width, give, hang_left, .. } => width < 0.0 || give < 0.0 || hang_left < 0.0,
            Item::Glue { width, stretch, .. } => width < 0.0 || stretch < 0.0,
            Item::Penalty { .. } => false,
        }
    }
}

pub const FORCED: f32 = f32::NEG_INFINITY;
pub const FORBIDDEN: f32 = f32::INFINITY;
pub const LAST_RESORT: f32 = 10_000.0;

/// How lines are judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Justification {
    /// Length of a full line.
    pub measure: f32,
    /// A last line shorter than this is avoided.
    pub shortest_last_line: f32,
    /// Sets the right margin ragged: every line may stay this much short without being bad.
    pub ragged: Option<f32>,
}

/// Where the lines of a paragraph end, and what that costs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Setting {
    pub ends: Vec<LineEnd>,
    pub demerits: f64,
}

/// One chosen line end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineEnd {
    /// Index of the glue or penalty that the line ends at.
    pub item: usize,
    /// How much the glue of the line stretches (up to and beyond 1) or shrinks (down to −1).
    pub space: f32,
    /// How much of their give the line's boxes take: from −1, narrowest, to 1, widest.
    pub give: f32,
}

const HYPHENS_IN_A_ROW: u8 = 2;
const LINE_DEMERITS: f64 = 10.0;
const FITNESS_DEMERITS: f64 = 3_000.0;
const DOUBLE_HYPHEN_DEMERITS: f64 = 6_000.0;
const LAST_HYPHEN_DEMERITS: f64 = 20_000.0;
const RUNT_DEMERITS: f64 = 1_000_000.0;
/// What keeps a third hyphen in a row away even where any line will do.
const HYPHEN_RUN_DEMERITS: f64 = 1e12;
/// No ratio is worse than this.
const WORST_RATIO: f64 = 1e3;
/// Letters give before spaces do: a line that takes two thirds of what it has takes all of its letters' give.
const LETTERS_FIRST: f64 = 1.5;
/// A line that is off by no more just fits, in points.
const ROUNDING: f64 = 1e-3;
/// More places than this never are in reach of a line of text; what has no width could make them countless.
const MOST_ACTIVE: usize = 400;

/// What is allowed in one attempt on a paragraph.
#[derive(Debug, Clone, Copy)]
struct Pass<'a> {
    /// Glue may stretch this much.
    tolerance: f64,
    last_resort: bool,
    may_end_short: bool,
    /// Sets the paragraph in so many lines.
    target: Option<Target<'a>>,
}

#[derive(Debug, Clone, Copy)]
struct Target<'a> {
    lines: usize,
    /// The best setting, from which others of nearly as many lines never are far.
    best: &'a [LineEnd],
}

/// Tried in turn until some way through the paragraph is found.
const PASSES: [Pass; 4] = [
    Pass { tolerance: 1.5, last_resort: false, may_end_short: false, target: None },
    Pass { tolerance: 4.0, last_resort: false, may_end_short: true, target: None },
    Pass { tolerance: 10.0, last_resort: false, may_end_short: true, target: None },
    Pass { tolerance: f64::INFINITY, last_resort: true, may_end_short: true, target: None },
];

/// Chooses line ends for a paragraph, which ends with a [`FORCED`] penalty. A box that is wider than
/// the measure gets a line of its own and overruns it.
pub fn break_lines(items: &[Item], justification: &Justification) -> Setting {
    PASSES.iter().find_map(|pass| Breaker::new(items, justification, *pass).run()).unwrap_or_default()
}

/// The best setting of so many lines, so that a page may gain or lose one; `None` if it would have to be
/// ugly. `best` is what [`break_lines`] chose.
pub fn break_into(
    items: &[Item],
    justification: &Justification,
    best: &Setting,
    lines: usize,
) -> Option<Setting> {
    if lines < best.ends.len() && !may_fit(items, justification, lines) {
        return None;
    }
    let target = Some(Target { lines, best: &best.ends });
    PASSES[..2].iter().find_map(|pass| Breaker::new(items, justification, Pass { target, ..*pass }).run())
}

/// Whether a paragraph might be set in so few lines, told quickly: of every line, two spaces may be dropped where it
/// ends, and its first and last marks may hang.
fn may_fit(items: &[Item], justification: &Justification, lines: usize) -> bool {
    let mut totals = Totals::default();
    let (mut most_space, mut most_hang) = (0.0_f32, 0.0_f32);
    for item in items {
        totals.add(item);
        match *item {
            Item::Box { hang_left, hang_right, .. } => most_hang = most_hang.max(hang_left).max(hang_right),
            Item::Glue { width, .. } => most_space = most_space.max(width),
            Item::Penalty { hang_right, .. } => most_hang = most_hang.max(hang_right),
        }
    }
    let line = justification.measure + 2.0 * (most_space + most_hang);
    totals.width - totals.shrink - totals.give <= f64::from(line) * lines as f64
}

/// Sums over items, in points.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    width: f64,
    stretch: f64,
    shrink: f64,
    give: f64,
}

impl Totals {
    fn add(&mut self, item: &Item) {
        match *item {
            Item::Box { width, give, .. } => {
                self.width += f64::from(width);
                self.give += f64::from(give);
            }
            Item::Glue { width, stretch, shrink } => {
                self.width += f64::from(width);
                self.stretch += f64::from(stretch);
                self.shrink += f64::from(shrink);
            }
            Item::Penalty { .. } => {}
        }
    }
}

/// A line end that later lines may follow.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    end: LineEnd,
    /// First item of the line that starts after this break.
    next: usize,
    /// Sums over all items before `next`.
    totals: Totals,
    hang_left: f64,
    fitness: u8,
    /// How many lines in a row end in a hyphen here.
    hyphens: u8,
    /// How many lines there are so far.
    line: usize,
    demerits: f64,
    previous: usize,
}

/// A place where lines might end.
struct Ending {
    item: usize,
    cost: f32,
    width: f64,
    hyphen: bool,
    hang_right: f64,
    last: bool,
}

struct Breaker<'a> {
    items: &'a [Item],
    justification: &'a Justification,
    pass: Pass<'a>,
    candidates: Vec<Candidate>,
    /// Indexes of the candidates that a line which ends here may start from.
    active: Vec<usize>,
    /// Sums over all items met.
    totals: Totals,
    /// Whether a line may become shorter by what is added to it.
    goes_back: bool,
    /// The best ways to end a line at the place that is being looked at.
    found: Vec<Candidate>,
}

impl<'a> Breaker<'a> {
    fn new(items: &'a [Item], justification: &'a Justification, pass: Pass<'a>) -> Self {
        let start = Candidate {
            end: LineEnd { item: 0, space: 0.0, give: 0.0 },
            next: 0,
            totals: Totals::default(),
            hang_left: hang_left(items, 0),
            fitness: 1,
            hyphens: 0,
            line: 0,
            demerits: 0.0,
            previous: usize::MAX,
        };
        Breaker {
            items,
            justification,
            pass,
            candidates: vec![start],
            active: vec![0],
            totals: Totals::default(),
            goes_back: items.iter().any(Item::goes_back),
            found: Vec::new(),
        }
    }

    fn run(mut self) -> Option<Setting> {
        // Glue that starts a paragraph counts; glue after a break is skipped.
        let mut after_box: Option<f32> = None;
        for (index, item) in self.items.iter().enumerate() {
            let ending = match *item {
                Item::Box { hang_right, .. } => {
                    after_box = Some(hang_right);
                    None
                }
                Item::Glue { .. } => {
                    after_box.take().map(|hang_right| self.ending(index, 0.0, 0.0, false, hang_right))
                }
                Item::Penalty { cost: FORBIDDEN, .. } => {
                    after_box = None;
                    None
                }
                Item::Penalty { cost, .. } if cost >= LAST_RESORT && !self.pass.last_resort => None,
                Item::Penalty { width, cost, hyphen, hang_right } => {
                    let hang = if width > 0.0 { hang_right } else { after_box.unwrap_or(0.0) };
                    Some(self.ending(index, cost, width, hyphen, hang))
                }
            };
            if let Some(ending) = ending {
                self.end_lines(&ending)?;
            }
            self.totals.add(item);
        }
        let target = self.pass.target.map(|target| target.lines);
        let last = self
            .active
            .iter()
            .map(|&index| &self.candidates[index])
            .filter(|candidate| candidate.end.item + 1 == self.items.len())
            .filter(|candidate| target.is_none_or(|lines| candidate.line == lines))
            .min_by(|a, b| a.demerits.total_cmp(&b.demerits))?;
        Some(self.trace(last))
    }

    fn ending(&self, item: usize, cost: f32, width: f32, hyphen: bool, hang_right: f32) -> Ending {
        let last = item + 1 == self.items.len();
        Ending { item, cost, width: width.into(), hyphen, hang_right: hang_right.into(), last }
    }

    /// Looks at all lines that might end at a place. None if there is no way on.
    fn end_lines(&mut self, ending: &Ending) -> Option<()> {
        let mut active = std::mem::take(&mut self.active);
        let mut rescue: Option<usize> = None;
        self.found.clear();
        // From the earliest on; those that stay are moved to the front.
        let (mut stay, mut seen) = (0, 0);
        while let Some(&index) = active.get(seen) {
            let from = &self.candidates[index];
            let stays = match self.reach(from, ending) {
                Reach::NotYet => break,
                Reach::TooShort => true,
                Reach::Near => {
                    let from = *from;
                    let line = self.line(&from, ending);
                    if line.is_too_long() {
                        if rescue.is_none_or(|rescue| self.candidates[rescue].end.item < from.end.item) {
                            rescue = Some(index);
                        }
                        false
                    } else {
                        self.consider(index, &from, &line, ending);
                        ending.cost != FORCED
                    }
                }
            };
            if stays {
                active[stay] = index;
                stay += 1;
            }
            seen += 1;
        }
        active.drain(stay..seen);
        self.active = active;
        if self.active.is_empty() && self.found.is_empty() {
            if !self.pass.last_resort {
                return None;
            }
            // Every line that could end here is too long: end the least bad one all the same.
            let previous = rescue?;
            let from = self.candidates[previous];
            let end = LineEnd { item: ending.item, space: -1.0, give: -1.0 };
            let hyphens = if ending.hyphen { from.hyphens.saturating_add(1) } else { 0 };
            self.found.push(Candidate { end, previous, hyphens, line: from.line + 1, ..from });
        }
        self.drop_dominated();
        if !self.found.is_empty() {
            let next = line_start(self.items, ending.item);
            let mut totals = self.totals;
            for item in &self.items[ending.item..next] {
                totals.add(item);
            }
            let hang_left = hang_left(self.items, next);
            for candidate in self.found.drain(..) {
                self.active.push(self.candidates.len());
                self.candidates.push(Candidate { next, totals, hang_left, ..candidate });
            }
        }
        if self.active.len() > MOST_ACTIVE {
            self.active.drain(..self.active.len() - MOST_ACTIVE);
        }
        Some(())
    }

    /// How far a line is from its measure, told quickly.
    fn reach(&self, from: &Candidate, ending: &Ending) -> Reach {
        const MARGIN: f64 = 1.000_001;
        if from.next > ending.item {
            return Reach::NotYet;
        }
        if ending.cost == FORCED {
            return Reach::Near;
        }
        let mut stretch = self.totals.stretch - from.totals.stretch;
        let mut give = self.totals.give - from.totals.give;
        if let Some(ragged) = self.justification.ragged {
            stretch += f64::from(ragged);
            give = 0.0;
        }
        let missing = f64::from(self.justification.measure) - self.width(from, ending);
        let most = (give + self.pass.tolerance * stretch.max(f64::MIN_POSITIVE)) * MARGIN + ROUNDING;
        // Of what a later line has less, only this one's first mark could make up.
        if missing - from.hang_left > most && !self.goes_back {
            Reach::NotYet
        } else if missing > most {
            Reach::TooShort
        } else {
            Reach::Near
        }
    }

    /// The natural width of a line.
    fn width(&self, from: &Candidate, ending: &Ending) -> f64 {
        self.totals.width - from.totals.width + ending.width - ending.hang_right - from.hang_left
    }

    fn line(&self, from: &Candidate, ending: &Ending) -> Line {
        let width = self.width(from, ending);
        let shrink = self.totals.shrink - from.totals.shrink;
        let mut stretch = self.totals.stretch - from.totals.stretch;
        let mut give = self.totals.give - from.totals.give;
        if let Some(ragged) = self.justification.ragged {
            stretch += f64::from(ragged);
            give = 0.0;
        }
        let missing = f64::from(self.justification.measure) - width;
        if missing.abs() < ROUNDING || missing > 0.0 && ending.cost == FORCED {
            return Line { width, ratio: 0.0, space: 0.0, give: 0.0 };
        }
        let room = if missing < 0.0 { shrink } else { stretch }.max(f64::MIN_POSITIVE);
        let ratio = missing / (room + give);
        let most = (missing.abs() / give.max(f64::MIN_POSITIVE)).min(1.0);
        let letters = (ratio * LETTERS_FIRST).clamp(-most, most);
        let space = ((missing - letters * give) / room).clamp(-WORST_RATIO, WORST_RATIO);
        // Beyond what letters give, spaces alone are left.
        let ratio = if ratio > 1.0 { space } else { ratio };
        Line { width, ratio, space, give: if give > 0.0 { letters } else { 0.0 } }
    }

    /// Keeps a line if it is the best of its kind that ends here.
    fn consider(&mut self, index: usize, from: &Candidate, line: &Line, ending: &Ending) {
        let any_line_will_do = self.pass.tolerance.is_infinite();
        if line.ratio > self.pass.tolerance {
            return;
        }
        let hyphens = if ending.hyphen { from.hyphens.saturating_add(1) } else { 0 };
        if hyphens > HYPHENS_IN_A_ROW && !any_line_will_do {
            return;
        }
        let runt =
            ending.last && from.line > 0 && line.width < f64::from(self.justification.shortest_last_line);
        if runt && !self.pass.may_end_short {
            return;
        }
        let number = from.line + 1;
        let counts_lines = self.pass.target.is_some();
        if let Some(target) = self.pass.target {
            let usual = target.best.partition_point(|end| end.item <= ending.item);
            if number.abs_diff(usual) > 2 {
                return;
            }
        }
        let mut demerits = from.demerits + line.demerits(ending.cost);
        let fitness = line.fitness();
        if hyphens > 1 {
            demerits += DOUBLE_HYPHEN_DEMERITS;
        }
        if hyphens > HYPHENS_IN_A_ROW {
            demerits += HYPHEN_RUN_DEMERITS;
        }
        if ending.last && from.hyphens > 0 {
            demerits += LAST_HYPHEN_DEMERITS;
        }
        if runt {
            demerits += RUNT_DEMERITS;
        }
        if fitness.abs_diff(from.fitness) > 1 {
            demerits += FITNESS_DEMERITS;
        }
        let candidate = Candidate {
            end: LineEnd { item: ending.item, space: line.space as f32, give: line.give as f32 },
            fitness,
            hyphens: hyphens.min(HYPHENS_IN_A_ROW + 1),
            line: number,
            demerits,
            previous: index,
            ..*from
        };
        let alike = |other: &&mut Candidate| {
            other.fitness == fitness
                && other.hyphens == candidate.hyphens
                && (!counts_lines || other.line == number)
        };
        match self.found.iter_mut().find(alike) {
            Some(other) if demerits < other.demerits => *other = candidate,
            Some(_) => {}
            None => self.found.push(candidate),
        }
    }

    /// Drops what cannot be part of the best setting, since another way to end a line here is better by
    /// more than can be lost later.
    fn drop_dominated(&mut self) {
        let counts_lines = self.pass.target.is_some();
        let found = &mut self.found;
        let mut index = 0;
        while let Some(&candidate) = found.get(index) {
            let is_dominated = found.iter().any(|other| {
                other.hyphens <= candidate.hyphens
                    && other.demerits + FITNESS_DEMERITS < candidate.demerits
                    && (!counts_lines || other.line == candidate.line)
            });
            if is_dominated {
                found.swap_remove(index);
            } else {
                index += 1;
            }
        }
    }

    fn trace(&self, last: &Candidate) -> Setting {
        let mut ends = Vec::with_capacity(last.line);
        let mut candidate = last;
        while let Some(previous) = self.candidates.get(candidate.previous) {
            ends.push(candidate.end);
            candidate = previous;
        }
        ends.reverse();
        Setting { ends, demerits: last.demerits }
    }
}

/// How far a line is from its measure. One that is near the limit of what is tolerated is near.
enum Reach {
    /// Neither it nor any line that begins later can stretch so far, or nothing stands in it.
    NotYet,
    TooShort,
    Near,
}

/// A line between two breaks.
struct Line {
    /// Its natural width.
    width: f64,
    /// How badly it has to be changed to fit: below −1 it is too long.
    ratio: f64,
    /// Shares of the glue's stretch or shrink and of the boxes' give.
    space: f64,
    give: f64,
}

impl Line {
    fn is_too_long(&self) -> bool {
        self.ratio < -1.0
    }

    fn demerits(&self, cost: f32) -> f64 {
        let badness = 100.0 * self.ratio.abs().powi(3);
        let cost = f64::from(cost.max(0.0));
        (LINE_DEMERITS + badness).powi(2) + cost * cost
    }

    /// Tight, normal, loose or very loose: neighbours should not be more than one class apart.
    fn fitness(&self) -> u8 {
        if self.ratio < -0.5 {
            0
        } else if self.ratio <= 0.5 {
            1
        } else if self.ratio <= 1.0 {
            2
        } else {
            3
        }
    }
}

/// The first item of the line after a break at `item`: spaces and penalties at a line's start are
/// dropped, up to the next box or forced break.
pub fn line_start(items: &[Item], item: usize) -> usize {
    let dropped = items.iter().skip(item + 1).take_while(|item| match item {
        Item::Box { .. } => false,
        Item::Glue { .. } => true,
        Item::Penalty { cost, .. } => *cost != FORCED,
    });
    (item + 1 + dropped.count()).min(items.len())
}

fn hang_left(items: &[Item], index: usize) -> f64 {
    match items.get(index) {
        Some(Item::Box { hang_left, .. }) => (*hang_left).into(),
        _ => 0.0,
    }
}
