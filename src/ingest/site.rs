//! What keeps the anthology folder, if anything does: a site generator, a book tool, a note vault.
//!
//! Each has folders of its own machinery, which hold no essays, and pages that are lists of others.

use std::collections::BTreeSet;

use crate::manuscript::Dialect;

/// The tool that a folder was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Site {
    #[default]
    None,
    Jekyll,
    /// Or Zola.
    Hugo,
    MdBook,
    Vault,
}

impl Site {
    /// Tells the tool by the names in the folder's root.
    pub fn of(names: &BTreeSet<String>) -> Self {
        let has = |name: &str| names.contains(name);
        if has(".obsidian") {
            Site::Vault
        } else if has("book.toml") {
            Site::MdBook
        } else if has("_config.yml") || has("_config.yaml") || has("_posts") {
            Site::Jekyll
        } else if ["hugo.toml", "hugo.yaml", "hugo.json"].into_iter().any(has)
            || (has("content")
                && ["config.toml", "config.yaml", "layouts", "templates", "archetypes"].into_iter().any(has))
        {
            Site::Hugo
        } else {
            Site::None
        }
    }

    /// How essays in such a folder are likely to be written.
    pub fn dialect(self) -> Option<Dialect> {
        match self {
            Site::None | Site::MdBook => None,
            Site::Jekyll => Some(Dialect::Jekyll),
            Site::Hugo => Some(Dialect::Hugo),
            Site::Vault => Some(Dialect::Vault),
        }
    }

    /// Where a table of contents in mdBook's form may be.
    pub fn summary_places(self) -> &'static [&'static str] {
        match self {
            Site::MdBook => &["src/summary.md", "summary.md"],
            _ => &["summary.md"],
        }
    }

    /// Why a folder is not looked into.
    pub fn reason_to_skip_folder(self, name: &str, relative: &str) -> Option<&'static str> {
        let is_top = name == relative;
        match (self, name) {
            (_, "node_modules" | "target" | "vendor" | "__pycache__" | "venv") => {
                Some("it holds programs, not essays")
            }
            (_, "dist" | "_site" | "_book") => Some("it holds what was made of the essays"),
            (Site::MdBook, "book") if is_top => Some("it holds what was made of the essays"),
            (Site::Hugo, "public" | "resources") if is_top => Some("it holds what was made of the essays"),
            (_, "_includes" | "_layouts" | "_sass" | "_data" | "_plugins" | "_templates") => {
                Some("it holds a site generator's templates and data")
            }
            (Site::Hugo, "layouts" | "themes" | "archetypes" | "templates" | "i18n" | "data") if is_top => {
                Some("it holds a site generator's templates and data")
            }
            (Site::MdBook, "theme") if is_top => Some("it holds a site generator's templates and data"),
            _ => None,
        }
    }

    /// Why a page with an essay's extension is none.
    pub fn reason_to_skip_page(self, relative: &str) -> Option<&'static str> {
        let name = relative.rsplit('/').next().unwrap_or(relative).to_lowercase();
        let stem = name.split('.').next().unwrap_or_default();
        match (self, stem) {
            (_, "_index") => Some("it is the page of a section, which lists the essays in it"),
            (Site::Jekyll | Site::Hugo, "404" | "search" | "archives" | "feed" | "sitemap") => {
                Some("it is a page of the site, not an essay")
            }
            (Site::Jekyll | Site::Hugo, "index") if !relative.contains('/') => {
                Some("it is the front page of the site, not an essay")
            }
            _ => None,
        }
    }
}
