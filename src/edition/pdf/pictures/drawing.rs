//! Drawings as PDF has them: a form of paths, gradients and clips. What PDF would need other means for is painted.

use std::collections::BTreeMap;
use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use resvg::tiny_skia::Pixmap;
use usvg::tiny_skia_path::{Path as Outline, PathSegment, Point};
use usvg::{
    BaseGradient, BlendMode, ClipPath, FillRule, Group, LineCap, LineJoin, Node, Paint, PaintOrder, Path,
    SpreadMethod, Stroke, Transform, Tree,
};

use super::super::objects::{deflate, flate_stream};
use crate::pixels::Pixels;

/// Whether PDF's own means say all of a drawing: plain colours and gradients, opacity, and clips of one shape.
pub fn is_vector(tree: &Tree) -> bool {
    is_plain(tree.root())
}

fn is_plain(group: &Group) -> bool {
    group.mask().is_none()
        && group.filters().is_empty()
        && group.blend_mode() == BlendMode::Normal
        && group.clip_path().is_none_or(is_plain_clip)
        && group.children().iter().all(|node| match node {
            Node::Group(group) => is_plain(group),
            Node::Path(path) => paints(path).all(is_plain_paint),
            Node::Image(_) | Node::Text(_) => false,
        })
}

fn paints(path: &Path) -> impl Iterator<Item = &Paint> {
    path.fill().map(|fill| fill.paint()).into_iter().chain(path.stroke().map(Stroke::paint))
}

fn is_plain_paint(paint: &Paint) -> bool {
    let is_plain = |gradient: &BaseGradient| {
        gradient.spread_method() == SpreadMethod::Pad
            && gradient.stops().iter().all(|stop| stop.opacity().get() == 1.0)
    };
    match paint {
        Paint::Color(_) => true,
        Paint::LinearGradient(gradient) => is_plain(gradient),
        Paint::RadialGradient(gradient) => is_plain(gradient),
        Paint::Pattern(_) => false,
    }
}

fn is_plain_clip(clip: &ClipPath) -> bool {
    clip.clip_path().is_none_or(is_plain_clip) && clip_outline(clip).is_some()
}

/// The one shape that a clip consists of, and how it lies.
fn clip_outline(clip: &ClipPath) -> Option<(&Path, Transform)> {
    let (mut group, mut transform) = (clip.root(), clip.transform());
    loop {
        let [only] = group.children() else { return None };
        match only {
            Node::Group(inner) if inner.clip_path().is_none() && inner.mask().is_none() => {
                group = inner;
                transform = transform.pre_concat(inner.transform());
            }
            Node::Path(path) if path.fill().is_some() => return Some((path, transform)),
            _ => return None,
        }
    }
}

/// Adds a drawing as a form that fills the unit square, as pictures do (ISO 32000-1, section 8.10).
pub fn add(document: &mut Document, tree: &Tree) -> ObjectId {
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut artist = Artist { document, width, height };
    let upright = [1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0];
    artist.form(tree.root(), Transform::default(), upright.map(Object::Real).to_vec(), false)
}

struct Artist<'d> {
    document: &'d mut Document,
    width: f32,
    height: f32,
}

/// A content stream while it is written, and what it names.
#[derive(Default)]
struct Sheet {
    content: String,
    /// Graphics states by opacity, in thousandths.
    states: BTreeMap<u16, ObjectId>,
    patterns: Vec<ObjectId>,
    forms: Vec<ObjectId>,
}

impl Artist<'_> {
    /// A form with what a group shows; one that is painted as a whole before it is seen through is `isolated`.
    fn form(&mut self, group: &Group, transform: Transform, matrix: Vec<Object>, isolated: bool) -> ObjectId {
        let mut sheet = Sheet::default();
        self.draw_children(group, transform, &mut sheet);
        let mut resources = Dictionary::new();
        let numbered = |letter: &str, objects: &[ObjectId]| {
            let names =
                objects.iter().enumerate().map(|(at, id)| (format!("{letter}{at}"), Object::from(*id)));
            names.collect::<Dictionary>()
        };
        let states = sheet.states.iter().map(|(opacity, id)| (format!("O{opacity}"), Object::from(*id)));
        for (kind, names) in [
            ("ExtGState", states.collect()),
            ("Pattern", numbered("P", &sheet.patterns)),
            ("XObject", numbered("F", &sheet.forms)),
        ] {
            if !names.is_empty() {
                resources.set(kind, names);
            }
        }
        let mut dictionary = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), Object::Real(self.width), Object::Real(self.height)],
            "Resources" => resources,
        };
        if !matrix.is_empty() {
            dictionary.set("Matrix", matrix);
        }
        if isolated {
            let transparency = dictionary! {
                "Type" => "Group", "S" => "Transparency", "CS" => "DeviceRGB", "I" => true,
            };
            dictionary.set("Group", transparency);
        }
        self.document.add_object(flate_stream(dictionary, deflate(sheet.content.as_bytes())))
    }

    fn draw_children(&mut self, group: &Group, transform: Transform, sheet: &mut Sheet) {
        for node in group.children() {
            match node {
                Node::Group(inner) => self.draw_group(inner, transform.pre_concat(inner.transform()), sheet),
                Node::Path(path) if path.is_visible() => self.draw_path(path, transform, sheet),
                Node::Path(_) | Node::Image(_) | Node::Text(_) => {}
            }
        }
    }

    fn draw_group(&mut self, group: &Group, transform: Transform, sheet: &mut Sheet) {
        sheet.content.push_str("q\n");
        let mut clip = group.clip_path();
        while let Some(own) = clip {
            if let Some((path, lies)) = clip_outline(own) {
                sheet.outline(path.data(), transform.pre_concat(lies));
                let rule = path.fill().map_or(FillRule::NonZero, |fill| fill.rule());
                sheet.content.push_str(if rule == FillRule::EvenOdd { "W* n\n" } else { "W n\n" });
            }
            clip = own.clip_path();
        }
        if group.opacity().get() < 1.0 {
            let form = self.form(group, transform, Vec::new(), true);
            self.set_opacity(group.opacity().get(), sheet);
            let _ = writeln!(sheet.content, "/F{} Do", sheet.forms.len());
            sheet.forms.push(form);
        } else {
            self.draw_children(group, transform, sheet);
        }
        sheet.content.push_str("Q\n");
    }

    fn draw_path(&mut self, path: &Path, transform: Transform, sheet: &mut Sheet) {
        let strokes_first = path.paint_order() == PaintOrder::StrokeAndFill;
        if strokes_first {
            self.stroke(path, transform, sheet);
        }
        if let Some(fill) = path.fill() {
            sheet.content.push_str("q\n");
            self.set_opacity(fill.opacity().get(), sheet);
            self.set_paint(fill.paint(), transform, false, sheet);
            sheet.outline(path.data(), transform);
            sheet.content.push_str(if fill.rule() == FillRule::EvenOdd { "f*\nQ\n" } else { "f\nQ\n" });
        }
        if !strokes_first {
            self.stroke(path, transform, sheet);
        }
    }

    fn stroke(&mut self, path: &Path, transform: Transform, sheet: &mut Sheet) {
        let Some(stroke) = path.stroke() else { return };
        sheet.content.push_str("q\n");
        self.set_opacity(stroke.opacity().get(), sheet);
        self.set_paint(stroke.paint(), transform, true, sheet);
        // A pen that is not round everywhere must be turned and stretched with what it draws.
        sheet.numbers(&[transform.sx, transform.ky, transform.kx, transform.sy, transform.tx, transform.ty]);
        sheet.content.push_str("cm\n");
        sheet.pen(stroke);
        sheet.outline(path.data(), Transform::default());
        sheet.content.push_str("S\nQ\n");
    }

    fn set_opacity(&mut self, opacity: f32, sheet: &mut Sheet) {
        let thousandths = (opacity.clamp(0.0, 1.0) * 1000.0).round() as u16;
        if thousandths == 1000 {
            return;
        }
        let value = Object::Real(f32::from(thousandths) / 1000.0);
        sheet.states.entry(thousandths).or_insert_with(|| {
            self.document
                .add_object(dictionary! { "Type" => "ExtGState", "ca" => value.clone(), "CA" => value })
        });
        let _ = writeln!(sheet.content, "/O{thousandths} gs");
    }

    fn set_paint(&mut self, paint: &Paint, transform: Transform, strokes: bool, sheet: &mut Sheet) {
        let (gradient, kind, coordinates) = match paint {
            Paint::Color(colour) => {
                sheet.numbers(&[colour.red, colour.green, colour.blue].map(share));
                sheet.content.push_str(if strokes { "RG\n" } else { "rg\n" });
                return;
            }
            Paint::LinearGradient(it) => (&***it, 2, vec![it.x1(), it.y1(), it.x2(), it.y2()]),
            Paint::RadialGradient(it) => {
                let from = [it.fx(), it.fy(), it.fr().get()];
                (&***it, 3, from.into_iter().chain([it.cx(), it.cy(), it.r().get()]).collect())
            }
            Paint::Pattern(_) => return,
        };
        let lies = transform.pre_concat(gradient.transform());
        let matrix = [lies.sx, lies.ky, lies.kx, lies.sy, lies.tx, lies.ty];
        let shading = dictionary! {
            "ShadingType" => kind,
            "ColorSpace" => "DeviceRGB",
            "Coords" => reals(&coordinates),
            "Function" => blend(gradient),
            "Extend" => vec![true.into(), true.into()],
        };
        let pattern = dictionary! {
            "Type" => "Pattern", "PatternType" => 2, "Matrix" => reals(&matrix), "Shading" => shading,
        };
        let (space, set) = if strokes { ("CS", "SCN") } else { ("cs", "scn") };
        let _ = writeln!(sheet.content, "/Pattern {space} /P{} {set}", sheet.patterns.len());
        sheet.patterns.push(self.document.add_object(pattern));
    }
}

impl Sheet {
    /// Numbers, each with a space behind it.
    fn numbers(&mut self, numbers: &[f32]) {
        for number in numbers {
            let rounded = (f64::from(*number) * 1e4).round() / 1e4;
            let _ = write!(self.content, "{} ", if rounded.is_finite() { rounded } else { 0.0 });
        }
    }

    fn points(&mut self, points: &[Point], operator: &str) {
        for point in points {
            self.numbers(&[point.x, point.y]);
        }
        self.content.push_str(operator);
        self.content.push('\n');
    }

    fn outline(&mut self, outline: &Outline, transform: Transform) {
        let place = |mut point: Point| {
            transform.map_point(&mut point);
            point
        };
        let mut last = Point::zero();
        for segment in outline.segments() {
            match segment {
                PathSegment::MoveTo(to) => self.points(&[place(to)], "m"),
                PathSegment::LineTo(to) => self.points(&[place(to)], "l"),
                PathSegment::QuadTo(control, to) => {
                    // PDF has cubic curves only.
                    let near = |end: Point| end + (control - end) * Point::from_xy(2.0 / 3.0, 2.0 / 3.0);
                    self.points(&[place(near(last)), place(near(to)), place(to)], "c");
                }
                PathSegment::CubicTo(one, two, to) => self.points(&[place(one), place(two), place(to)], "c"),
                PathSegment::Close => self.content.push_str("h\n"),
            }
            if let PathSegment::MoveTo(to)
            | PathSegment::LineTo(to)
            | PathSegment::QuadTo(_, to)
            | PathSegment::CubicTo(_, _, to) = segment
            {
                last = to;
            }
        }
    }

    fn pen(&mut self, stroke: &Stroke) {
        self.numbers(&[stroke.width().get()]);
        let cap = match stroke.linecap() {
            LineCap::Butt => 0,
            LineCap::Round => 1,
            LineCap::Square => 2,
        };
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0,
            LineJoin::Round => 1,
            LineJoin::Bevel => 2,
        };
        let _ = write!(self.content, "w {cap} J {join} j ");
        self.numbers(&[stroke.miterlimit().get()]);
        self.content.push_str("M\n");
        if let Some(dashes) = stroke.dasharray() {
            self.content.push('[');
            self.numbers(dashes);
            self.content.push_str("] ");
            self.numbers(&[stroke.dashoffset()]);
            self.content.push_str("d\n");
        }
    }
}

/// A gradient's colours as a function of the way from its start, 0, to its end, 1 (ISO 32000-1, section 7.10).
fn blend(gradient: &BaseGradient) -> Dictionary {
    let colour = |at: usize| {
        let colour = gradient.stops().get(at).map_or(usvg::Color::black(), |stop| stop.color());
        reals(&[colour.red, colour.green, colour.blue].map(share))
    };
    let step = |from: usize, to: usize| {
        dictionary! {
            "FunctionType" => 2,
            "Domain" => vec![0.into(), 1.into()],
            "C0" => colour(from),
            "C1" => colour(to),
            "N" => 1,
        }
    };
    // Each stretch between stops with its end; before the first stop and after the last nothing changes.
    let offsets: Vec<f32> = gradient.stops().iter().map(|stop| stop.offset().get()).collect();
    let last = offsets.len().saturating_sub(1);
    let mut stretches: Vec<(f32, Dictionary)> = Vec::new();
    if offsets.first().is_some_and(|first| *first > 0.0) {
        stretches.push((offsets[0], step(0, 0)));
    }
    for (at, pair) in offsets.windows(2).enumerate() {
        if let [from, to] = pair
            && to > from
        {
            stretches.push((*to, step(at, at + 1)));
        }
    }
    if stretches.last().is_none_or(|(end, _)| *end < 1.0) {
        stretches.push((1.0, step(last, last)));
    }
    if stretches.len() == 1 {
        return stretches.remove(0).1;
    }
    let inner = stretches.len() - 1;
    let bounds: Vec<f32> = stretches.iter().take(inner).map(|(end, _)| *end).collect();
    let encode: Vec<Object> = stretches.iter().flat_map(|_| [0.into(), 1.into()]).collect();
    let functions: Vec<Object> = stretches.into_iter().map(|(_, function)| function.into()).collect();
    dictionary! {
        "FunctionType" => 3,
        "Domain" => vec![0.into(), 1.into()],
        "Functions" => functions,
        "Bounds" => reals(&bounds),
        "Encode" => encode,
    }
}

/// A colour's part as a share of 1.
fn share(part: u8) -> f32 {
    f32::from(part) / 255.0
}

fn reals(numbers: &[f32]) -> Vec<Object> {
    numbers.iter().map(|number| Object::Real(if number.is_finite() { *number } else { 0.0 })).collect()
}

/// Paints a drawing whose longer side gets so many pixels.
pub fn paint(tree: &Tree, longest: usize) -> Result<Pixels, String> {
    let size = tree.size();
    let scale = longest as f32 / size.width().max(size.height());
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    let mut canvas = Pixmap::new(width, height).ok_or("it is too large to be painted")?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    Pixels::new(width as usize, height as usize, 4, canvas.take_demultiplied())
}
