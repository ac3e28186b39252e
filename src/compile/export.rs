//! Sources for other programs: BibLaTeX, CSL-JSON, hayagriva's YAML. Terms as a glossary file.
//!
//! Every export has the sources in the order of their keys.

mod biblatex;
mod csl_json;
mod keys;
mod terms;

use hayagriva::types::{Person, PersonsWithRoles};
use hayagriva::{Entry, Library};

use crate::source::Source;

use super::record;

pub use biblatex::biblatex;
pub use csl_json::csl_json;
pub(super) use keys::{Keys, key};
pub use terms::{terms_csv, terms_yaml};

/// The sources as a bibliography file of hayagriva's.
pub fn yaml(sources: &[Source]) -> String {
    let entry = |source: &Source| {
        let mut entry = record::entry_of(&source.key, &source.record).0;
        spell_out_names(&mut entry);
        entry
    };
    let library: Library = sources.iter().map(entry).collect();
    if library.is_empty() {
        return String::new();
    }
    hayagriva::io::to_yaml_str(&library).unwrap_or_default()
}

/// hayagriva writes a name as one text, in which a body's name or a suffix can be misread; a name with an
/// alias is written in its parts.
fn spell_out_names(entry: &mut Entry) {
    let spell_out = |people: &[Person]| -> Vec<Person> {
        let clear = |person: &Person| person.name_first(false, false).parse().ok().as_ref() == Some(person);
        let spell = |person: &Person| {
            let alias = (!clear(person)).then(|| person.given_first(false));
            Person { alias, ..person.clone() }
        };
        people.iter().map(spell).collect()
    };
    if let Some(authors) = entry.authors().map(spell_out) {
        entry.set_authors(authors);
    }
    if let Some(editors) = entry.editors().map(spell_out) {
        entry.set_editors(editors);
    }
    let roles: Option<Vec<PersonsWithRoles>> = entry.affiliated().map(|roles| {
        let spell = |it: &PersonsWithRoles| PersonsWithRoles::new(spell_out(&it.names), it.role.clone());
        roles.iter().map(spell).collect()
    });
    if let Some(roles) = roles {
        entry.set_affiliated(roles);
    }
    let mut parents = entry.parents().to_vec();
    parents.iter_mut().for_each(spell_out_names);
    entry.set_parents(parents);
}
