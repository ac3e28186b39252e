//! The parts of a .docx and how they refer to each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::ingest::container::{Container, Refusal, resolve};
use crate::ingest::office::xml::Tree;

/// A part that holds XML.
#[derive(Debug, Clone, Default)]
pub struct Part {
    pub name: String,
    pub text: String,
    pub relations: Relations,
}

/// What a part refers to, by the id that it uses.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    by_id: BTreeMap<String, Relation>,
}

#[derive(Debug, Clone)]
pub struct Relation {
    /// The last step of its type: `image`, `hyperlink`, `styles`.
    pub kind: String,
    pub target: Target,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The name of another part.
    Part(String),
    /// An address outside the file.
    Outside(String),
}

/// The parts that make up a document.
#[derive(Debug, Default)]
pub struct Package {
    pub main: Part,
    pub styles: Option<Part>,
    pub numbering: Option<Part>,
    pub footnotes: Option<Part>,
    pub endnotes: Option<Part>,
    pub comments: Option<Part>,
    pub core: Option<Part>,
    /// Headers and footers, with what each is.
    pub margins: Vec<(&'static str, Part)>,
    /// All parts in the container, in lower case.
    pub names: BTreeSet<String>,
}

impl Relations {
    pub fn get(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id)
    }

    /// The first part of a kind.
    fn part(&self, kind: &str) -> Option<&str> {
        self.parts(kind).next()
    }

    fn parts(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.by_id.values().filter(move |relation| relation.kind == kind).filter_map(|relation| {
            match &relation.target {
                Target::Part(name) => Some(name.as_str()),
                Target::Outside(_) => None,
            }
        })
    }

    fn load(part: &str, container: &mut Container) -> Result<Self, Refusal> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let address = format!("{folder}/_rels/{name}.rels");
        let Some(text) = container.text(&address) else { return Ok(Relations::default()) };
        let text = text?;
        let malformed = |reason| Refusal::Malformed { part: address.clone(), reason };
        let tree = Tree::parse(&text).map_err(malformed)?;
        let mut by_id = BTreeMap::new();
        for relation in tree.root().into_iter().flat_map(|root| root.children()) {
            let get = |name| relation.attribute(name).unwrap_or_default();
            let target = get("Target");
            let target = if get("TargetMode") == "External" {
                Target::Outside(target.to_owned())
            } else {
                Target::Part(resolve(part, target))
            };
            let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
            by_id.insert(get("Id").to_owned(), Relation { kind, target });
        }
        Ok(Relations { by_id })
    }
}

impl Package {
    /// Unpacks all parts that hold text. Only the main one must be there and whole.
    pub fn load(
        file: &str,
        container: &mut Container,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Refusal> {
        let top = Relations::load("", container)?;
        let main = top.part("officeDocument").unwrap_or("word/document.xml");
        let main = Part::load(main, container)?.ok_or(Refusal::Missing("word/document.xml"))?;
        let names: BTreeSet<String> = container.names().map(str::to_owned).collect();
        let mut other = |name: Option<&str>| -> Result<Option<Part>, Refusal> {
            let Some(name) = name else { return Ok(None) };
            match Part::load(name, container) {
                // What floods one part may flood the next.
                Err(refusal @ Refusal::Bomb(_)) => Err(refusal),
                Err(refusal) => {
                    let Diagnostic { message, .. } = refusal.report(file, "Word document");
                    diagnostics.push(
                        Diagnostic::warning("damaged-container", message)
                            .at(Place::file(file))
                            .help("what it holds is missing"),
                    );
                    Ok(None)
                }
                part => part,
            }
        };
        let relations = &main.relations;
        let styles = other(relations.part("styles"))?;
        let numbering = other(relations.part("numbering"))?;
        let footnotes = other(relations.part("footnotes"))?;
        let endnotes = other(relations.part("endnotes"))?;
        let comments = other(relations.part("comments"))?;
        let core = other(top.part("core-properties"))?;
        let mut margins = Vec::new();
        for (kind, what) in [("header", "a page header"), ("footer", "a page footer")] {
            let mut seen = BTreeSet::new();
            for name in relations.parts(kind).filter(|name| seen.insert(name.to_string())) {
                margins.extend(other(Some(name))?.map(|part| (what, part)));
            }
        }
        Ok(Package { styles, numbering, footnotes, endnotes, comments, core, margins, names, main })
    }
}

impl Part {
    fn load(name: &str, container: &mut Container) -> Result<Option<Self>, Refusal> {
        let Some(text) = container.text(name) else { return Ok(None) };
        let text = text?;
        let relations = Relations::load(name, container)?;
        Ok(Some(Part { name: name.to_owned(), text, relations }))
    }
}
