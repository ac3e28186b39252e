//! Total-fit line breaking after Knuth and Plass, "Breaking Paragraphs into Lines" (1981).
//!
//! A paragraph is a row of boxes, glue and penalties; the breaks chosen are those whose demerits are
//! least over the whole paragraph. Margins are optical: a mark that hangs into the margin counts for
//! less than its width at a line's end.

/// A piece of a paragraph, lengths in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item {
    /// Something with ink. `hang_left` and `hang_right` are how far it may stand out into the margin
    /// at a line's start and end.
    Box { width: f32, hang_left: f32, hang_right: f32 },
    /// A space; the line may end before it if a box comes before.
    Glue { width: f32, stretch: f32, shrink: f32 },
    /// A place where a line may end at a price: [`FORCED`] must, [`FORBIDDEN`] must not, nor at the glue
    /// that follows. `width` appears (a hyphen) when it does.
    Penalty { width: f32, cost: f32, hyphen: bool, hang_right: f32 },
}

pub const FORCED: f32 = f32::NEG_INFINITY;
pub const FORBIDDEN: f32 = f32::INFINITY;

/// How lines are judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Justification {
    /// Length of a full line.
    pub measure: f32,
    /// A last line shorter than this is avoided.
    pub shortest_last_line: f32,
    /// False sets the right margin ragged: every line may stay this much short without being bad.
    pub ragged: Option<f32>,
}

/// One chosen line end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineEnd {
    /// Index of the glue or penalty that the line ends at.
    pub item: usize,
    /// How much the glue of the line stretches (up to and beyond 1) or shrinks (down to −1).
    pub ratio: f32,
}

/// Sums over all items before a place.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    width: f32,
    stretch: f32,
    shrink: f32,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    item: usize,
    /// First item of the line that starts after this break.
    next: usize,
    totals: Totals,
    hang_left: f32,
    fitness: u8,
    hyphen: bool,
    consecutive_hyphens: u8,
    ratio: f32,
    demerits: f64,
    previous: usize,
}

const HYPHENS_IN_A_ROW: u8 = 2;
const LINE_DEMERITS: f64 = 10.0;
const FITNESS_DEMERITS: f64 = 3_000.0;
const DOUBLE_HYPHEN_DEMERITS: f64 = 8_000.0;
const RUNT_DEMERITS: f64 = 100_000.0;
const LAST_HYPHEN_DEMERITS: f64 = 5_000.0;
/// Tried in turn until some way through the paragraph is found; ratios up to these are feasible.
const TOLERANCES: [f32; 3] = [1.6, 3.5, f32::INFINITY];

/// Chooses line ends for a paragraph, which ends with a [`FORCED`] penalty. A box that is wider than
/// the measure gets a line of its own and overruns it.
pub fn break_lines(items: &[Item], justification: &Justification) -> Vec<LineEnd> {
    for tolerance in TOLERANCES {
        if let Some(lines) = try_tolerance(items, justification, tolerance) {
            return lines;
        }
    }
    Vec::new()
}

fn try_tolerance(items: &[Item], justification: &Justification, tolerance: f32) -> Option<Vec<LineEnd>> {
    let last_resort = tolerance.is_infinite();
    let mut candidates = vec![Candidate {
        item: 0,
        next: 0,
        totals: Totals::default(),
        hang_left: hang_left(items, 0),
        fitness: 1,
        hyphen: false,
        consecutive_hyphens: 0,
        ratio: 0.0,
        demerits: 0.0,
        previous: usize::MAX,
    }];
    let mut active: Vec<usize> = vec![0];
    let mut totals = Totals::default();
    // Glue that starts a paragraph counts; glue after a break is skipped.
    let mut after_box: Option<f32> = None;

    for (index, item) in items.iter().enumerate() {
        let (legal, cost, width, hyphen, hang_right) = match *item {
            Item::Box { width, hang_right, .. } => {
                totals.width += width;
                after_box = Some(hang_right);
                continue;
            }
            Item::Glue { .. } => (after_box.is_some(), 0.0, 0.0, false, after_box.unwrap_or(0.0)),
            Item::Penalty { width, cost, hyphen, hang_right } => {
                let hang = if width > 0.0 { hang_right } else { after_box.unwrap_or(0.0) };
                (cost < FORBIDDEN, cost, width, hyphen, hang)
            }
        };
        if legal {
            let forced = cost == FORCED;
            let end = Ending {
                item: index,
                cost,
                width,
                hyphen,
                hang_right,
                forced,
                last: index + 1 == items.len(),
            };
            let added = judge(&candidates, &active, totals, &end, justification, tolerance);
            let overfull_only = added.kept.is_empty() && added.best.iter().all(Option::is_none);
            active = added.kept;
            if overfull_only {
                if !last_resort {
                    return None;
                }
                // Every line that could end here is too long: end the least bad one all the same.
                let previous = added.rescue?;
                let rescued =
                    Candidate { item: index, previous, ratio: -1.0, hyphen, ..candidates[previous] };
                push_candidate(&mut candidates, &mut active, items, totals, rescued);
            } else {
                for candidate in added.best.into_iter().flatten() {
                    push_candidate(&mut candidates, &mut active, items, totals, candidate);
                }
            }
        }
        match *item {
            Item::Glue { width, stretch, shrink } => {
                totals.width += width;
                totals.stretch += stretch;
                totals.shrink += shrink;
                after_box = None;
            }
            Item::Penalty { cost: FORBIDDEN, .. } => after_box = None,
            _ => {}
        }
    }

    let last = active
        .iter()
        .copied()
        .filter(|&index| candidates[index].item + 1 == items.len())
        .min_by(|&a, &b| candidates[a].demerits.total_cmp(&candidates[b].demerits))?;
    Some(trace(&candidates, last))
}

/// A place where lines might end.
struct Ending {
    item: usize,
    cost: f32,
    width: f32,
    hyphen: bool,
    hang_right: f32,
    forced: bool,
    last: bool,
}

struct Judged {
    /// Active candidates that later lines may still start from.
    kept: Vec<usize>,
    /// The best way to end a line here, by the line's fitness class.
    best: [Option<Candidate>; 4],
    /// What to continue from if nothing fits.
    rescue: Option<usize>,
}

fn judge(
    candidates: &[Candidate],
    active: &[usize],
    totals: Totals,
    end: &Ending,
    justification: &Justification,
    tolerance: f32,
) -> Judged {
    let mut judged = Judged { kept: Vec::with_capacity(active.len() + 2), best: [None; 4], rescue: None };
    for &index in active {
        let from = &candidates[index];
        if from.next > end.item {
            // Nothing stands between the two breaks.
            judged.kept.push(index);
            continue;
        }
        let width = totals.width - from.totals.width + end.width - end.hang_right - from.hang_left;
        let mut stretch = totals.stretch - from.totals.stretch + justification.ragged.unwrap_or(0.0);
        let shrink = totals.shrink - from.totals.shrink;
        if end.forced {
            stretch = f32::INFINITY;
        }
        let missing = justification.measure - width;
        let ratio = if missing >= 0.0 {
            if stretch.is_infinite() {
                0.0
            } else if stretch > 0.0 {
                missing / stretch
            } else if missing < 0.1 {
                0.0
            } else {
                f32::MAX
            }
        } else if shrink > 0.0 {
            missing / shrink
        } else {
            f32::MIN
        };
        let too_long = ratio < -1.0;
        if too_long {
            let better = judged.rescue.is_none_or(|rescue| candidates[rescue].item < from.item);
            if better {
                judged.rescue = Some(index);
            }
        } else if !end.forced {
            judged.kept.push(index);
        }
        if too_long || (ratio > tolerance && !(end.last && tolerance.is_infinite())) {
            continue;
        }
        if end.hyphen && from.consecutive_hyphens >= HYPHENS_IN_A_ROW && !tolerance.is_infinite() {
            continue;
        }
        let demerits = from.demerits + demerits(from, ratio, width, end, justification);
        let fitness = fitness(ratio);
        let better = judged.best[usize::from(fitness)].is_none_or(|best| demerits < best.demerits);
        if better {
            judged.best[usize::from(fitness)] = Some(Candidate {
                item: end.item,
                fitness,
                hyphen: end.hyphen,
                consecutive_hyphens: if end.hyphen { from.consecutive_hyphens + 1 } else { 0 },
                ratio,
                demerits,
                previous: index,
                ..*from
            });
        }
    }
    judged
}

fn demerits(from: &Candidate, ratio: f32, width: f32, end: &Ending, justification: &Justification) -> f64 {
    let badness = 100.0 * f64::from(ratio.abs().min(1e4)).powi(3);
    let mut demerits = LINE_DEMERITS + badness;
    if end.cost > 0.0 {
        demerits += f64::from(end.cost);
    }
    demerits *= demerits;
    if end.hyphen && from.hyphen {
        demerits += DOUBLE_HYPHEN_DEMERITS;
    }
    if end.last && from.hyphen {
        demerits += LAST_HYPHEN_DEMERITS;
    }
    if end.last && width < justification.shortest_last_line {
        demerits += RUNT_DEMERITS;
    }
    if fitness(ratio).abs_diff(from.fitness) > 1 {
        demerits += FITNESS_DEMERITS;
    }
    demerits
}

/// Tight, normal, loose or very loose: neighbours should not be more than one class apart.
fn fitness(ratio: f32) -> u8 {
    if ratio < -0.5 {
        0
    } else if ratio <= 0.5 {
        1
    } else if ratio <= 1.0 {
        2
    } else {
        3
    }
}

fn push_candidate(
    candidates: &mut Vec<Candidate>,
    active: &mut Vec<usize>,
    items: &[Item],
    totals: Totals,
    mut candidate: Candidate,
) {
    let next = line_start(items, candidate.item);
    let skipped = items[candidate.item..next].iter().fold(totals, |mut sum, item| {
        if let Item::Glue { width, stretch, shrink } = *item {
            sum.width += width;
            sum.stretch += stretch;
            sum.shrink += shrink;
        }
        sum
    });
    candidate.next = next;
    candidate.totals = skipped;
    candidate.hang_left = hang_left(items, next);
    active.push(candidates.len());
    candidates.push(candidate);
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

fn hang_left(items: &[Item], index: usize) -> f32 {
    match items.get(index) {
        Some(Item::Box { hang_left, .. }) => *hang_left,
        _ => 0.0,
    }
}

fn trace(candidates: &[Candidate], last: usize) -> Vec<LineEnd> {
    let mut lines = Vec::new();
    let mut index = last;
    while candidates[index].previous != usize::MAX {
        let candidate = &candidates[index];
        lines.push(LineEnd { item: candidate.item, ratio: candidate.ratio });
        index = candidate.previous;
    }
    lines.reverse();
    lines
}
