//! The manifest's list of those who had a hand in the book, and what is said of them.

use super::super::relators::{is_relator, suggest};
use crate::anthology::Contributor;
use crate::document::{Person, WrittenBiography};
use crate::settings::Reader;
use crate::yaml::{Node, Value};

const KEYS: &[&str] = &["name", "role", "bio", "links"];

impl Reader<'_> {
    /// Hands in the book, and biographies. Who has a biography and no role wrote or edited the book.
    pub(super) fn contributors(&mut self, node: &Node) -> (Vec<Contributor>, Vec<WrittenBiography>) {
        let (mut hands, mut biographies) = (Vec::new(), Vec::new());
        for item in self.items(node, "contributors") {
            if let Some(name) = item.as_text() {
                hands.push(Contributor { person: Person::new(name), role: "ctb".to_owned() });
                continue;
            }
            let (mut name, mut role, mut text, mut links) = (None, None, None, Vec::new());
            let mut has_role = false;
            for (key, value) in self.entries(item, "a contributor", KEYS) {
                match key {
                    "name" => name = self.text(value, key),
                    "role" => (role, has_role) = (self.role(value), true),
                    "bio" => text = self.text(value, key),
                    _ => {
                        let items = self.items_or_one(value, key).iter();
                        links = items.filter_map(|item| self.web_address(item, key)).collect();
                    }
                }
            }
            let Some(name) = name else {
                if matches!(item.value, Value::Mapping(_)) {
                    let message = "this contributor has no `name`".to_owned();
                    self.error("manifest-structure", item, message, "add `name:`");
                }
                continue;
            };
            let person = Person::new(&name);
            if text.is_none() && !has_role {
                role = Some("ctb".to_owned());
            }
            hands.extend(role.map(|role| Contributor { person: person.clone(), role }));
            biographies.extend(text.map(|text| WrittenBiography { person, text, links }));
        }
        (hands, biographies)
    }

    fn role(&mut self, node: &Node) -> Option<String> {
        let role = self.text(node, "role")?;
        if is_relator(&role) {
            return Some(role);
        }
        let help = match suggest(&role) {
            Some(code) => format!("write `{code}`"),
            None => {
                "use a three-letter MARC relator code, such as edt, trl, ill, aui (introduction) or bkd (design)"
                    .to_owned()
            }
        };
        self.error("unknown-role", node, format!("`{role}` is not a MARC relator code"), help);
        None
    }
}
