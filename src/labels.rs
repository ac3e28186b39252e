//! The words that Garland itself adds to a book, in the book's language.

/// Headings and phrases of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    pub contents: &'static str,
    pub bibliography: &'static str,
    /// Over the sources of one essay.
    pub references: &'static str,
    /// Over the sources of one kind, in the order of [`SourceGroup`].
    source_groups: [&'static str; 7],
    pub glossary: &'static str,
    pub notes: &'static str,
    pub colophon: &'static str,
    pub cover: &'static str,
    pub title_page: &'static str,
    /// Over the list of the print edition's pages.
    pub pages: &'static str,
    /// Over the lists of them.
    pub figures: &'static str,
    pub tables: &'static str,
    /// Over what a picture shows, told at length.
    pub description: &'static str,
    pub page: &'static str,
    /// Before one page number, and before several.
    pub page_abbreviation: &'static str,
    pub pages_abbreviation: &'static str,
    /// Before an editor's name.
    pub edited_by: &'static str,
    /// Between the last two of several names.
    pub and: &'static str,
    /// Before the place where a source is cited.
    pub cited_in: &'static str,
    /// Before the pages that cite a source.
    pub cited_on: &'static str,
    /// Before the place where a term is used.
    pub used_in: &'static str,
    /// Before the pages that use a term.
    pub used_on: &'static str,
    /// Before what an entry sends the reader to: `See`, `See also`.
    pub see: &'static str,
    pub see_also: &'static str,
    /// Before other names of a term.
    pub also_called: &'static str,
    pub index: &'static str,
    pub contributors: &'static str,
    /// Over the questions of all chapters, or of one.
    pub discussion: &'static str,
    /// Over the questions on the whole book.
    pub whole_book: &'static str,
    /// In place of questions that stand at the book's end.
    pub questions_at_end: &'static str,
    /// Before the address where an essay first appeared.
    pub first_published: &'static str,
    /// What a link from a note back to the text is called.
    pub back_to_text: &'static str,
    /// Before the names of the faces that the book is set in.
    pub set_in: &'static str,
    /// What those faces are licensed under.
    pub font_licence: &'static str,
    pub made_with: &'static str,
    /// In place of an essay that the text shows whole, with `T` for its title.
    see_title: &'static str,
    /// After their number, on the cover of a book without editors.
    pub essays: &'static str,
    /// What remarks are called that have no title, by their kind.
    callouts: &'static [(&'static str, &'static str)],
    /// What the hands in a book are called, by MARC relator code.
    roles: &'static [(&'static str, &'static str)],
    /// January to December.
    pub months: [&'static str; 12],
    /// A full date, with `D`, `M` and `Y` for day, month and year.
    full_date: &'static str,
    /// A month of a year, likewise.
    month_and_year: &'static str,
}

/// Kinds of sources that stand together in a bibliography, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceGroup {
    Books,
    Articles,
    Reports,
    WebPages,
    Recordings,
    Laws,
    Others,
}

const ENGLISH: Labels = Labels {
    contents: "Contents",
    bibliography: "Bibliography",
    references: "References",
    source_groups: [
        "Books",
        "Articles and chapters",
        "Reports and theses",
        "Web pages",
        "Films and recordings",
        "Laws and cases",
        "Other sources",
    ],
    glossary: "Glossary",
    notes: "Notes",
    colophon: "Colophon",
    cover: "Cover",
    title_page: "Title page",
    pages: "Pages",
    figures: "Figures",
    tables: "Tables",
    description: "Description",
    page: "page",
    page_abbreviation: "p.",
    pages_abbreviation: "pp.",
    edited_by: "Edited by",
    and: "and",
    cited_in: "Cited in",
    cited_on: "Cited on",
    used_in: "Used in",
    used_on: "Used on",
    see: "See",
    see_also: "See also",
    also_called: "Also:",
    index: "Index",
    contributors: "Contributors",
    discussion: "For discussion",
    whole_book: "The whole book",
    questions_at_end: "Questions for discussion are at the end of the book.",
    first_published: "First published at",
    back_to_text: "Back to the text",
    set_in: "Set in",
    font_licence: "licensed under the SIL Open Font License 1.1",
    made_with: "Made with Garland",
    see_title: "see “T”",
    essays: "essays",
    callouts: &[("faq", "Questions"), ("todo", "To do"), ("tldr", "Summary")],
    roles: &[
        ("ill", "Illustrations"),
        ("trl", "Translation"),
        ("pht", "Photographs"),
        ("cov", "Cover"),
        ("bkd", "Design"),
        ("aui", "Introduction"),
        ("aft", "Afterword"),
        ("pfr", "Proofreading"),
        ("cpy", "Copy-editing"),
        ("com", "Compiled by"),
        ("ann", "Annotations"),
        ("ctb", "With contributions by"),
    ],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    full_date: "D M Y",
    month_and_year: "M Y",
};

const GERMAN: Labels = Labels {
    contents: "Inhalt",
    bibliography: "Literatur",
    references: "Nachweise",
    source_groups: [
        "Bücher",
        "Aufsätze und Kapitel",
        "Berichte und Hochschulschriften",
        "Webseiten",
        "Filme und Aufnahmen",
        "Gesetze und Urteile",
        "Andere Quellen",
    ],
    glossary: "Glossar",
    notes: "Anmerkungen",
    colophon: "Impressum",
    cover: "Umschlag",
    title_page: "Titelseite",
    pages: "Seiten",
    figures: "Abbildungen",
    tables: "Tabellen",
    description: "Beschreibung",
    page: "Seite",
    page_abbreviation: "S.",
    pages_abbreviation: "S.",
    edited_by: "Herausgegeben von",
    and: "und",
    cited_in: "Zitiert in",
    cited_on: "Zitiert auf",
    used_in: "Verwendet in",
    used_on: "Verwendet auf",
    see: "Siehe",
    see_also: "Siehe auch",
    also_called: "Auch:",
    index: "Register",
    contributors: "Mitwirkende",
    discussion: "Zur Diskussion",
    whole_book: "Zum ganzen Buch",
    questions_at_end: "Fragen zur Diskussion stehen am Ende des Buches.",
    first_published: "Zuerst erschienen unter",
    back_to_text: "Zurück zum Text",
    set_in: "Gesetzt aus",
    font_licence: "lizenziert unter der SIL Open Font License 1.1",
    made_with: "Hergestellt mit Garland",
    see_title: "siehe „T“",
    essays: "Essays",
    callouts: &[
        ("note", "Hinweis"),
        ("info", "Hinweis"),
        ("tip", "Tipp"),
        ("hint", "Tipp"),
        ("important", "Wichtig"),
        ("warning", "Warnung"),
        ("caution", "Vorsicht"),
        ("danger", "Gefahr"),
        ("example", "Beispiel"),
        ("question", "Frage"),
        ("quote", "Zitat"),
        ("summary", "Zusammenfassung"),
        ("abstract", "Zusammenfassung"),
        ("success", "Erfolg"),
        ("failure", "Fehler"),
        ("bug", "Fehler"),
        ("todo", "Aufgabe"),
        ("details", "Einzelheiten"),
        ("attention", "Achtung"),
    ],
    roles: &[
        ("ill", "Illustrationen"),
        ("trl", "Übersetzung"),
        ("pht", "Fotografien"),
        ("cov", "Umschlag"),
        ("bkd", "Gestaltung"),
        ("aui", "Einleitung"),
        ("aft", "Nachwort"),
        ("pfr", "Korrektorat"),
        ("cpy", "Lektorat"),
        ("com", "Zusammenstellung"),
        ("ann", "Anmerkungen"),
        ("ctb", "Mitarbeit"),
    ],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    full_date: "D. M Y",
    month_and_year: "M Y",
};

const FRENCH: Labels = Labels {
    contents: "Table des matières",
    bibliography: "Bibliographie",
    references: "Références",
    source_groups: [
        "Livres",
        "Articles et chapitres",
        "Rapports et thèses",
        "Pages web",
        "Films et enregistrements",
        "Lois et décisions",
        "Autres sources",
    ],
    glossary: "Glossaire",
    notes: "Notes",
    colophon: "Colophon",
    cover: "Couverture",
    title_page: "Page de titre",
    pages: "Pages",
    figures: "Illustrations",
    tables: "Tableaux",
    description: "Description",
    page: "page",
    page_abbreviation: "p.",
    pages_abbreviation: "p.",
    edited_by: "Sous la direction de",
    and: "et",
    cited_in: "Cité dans",
    cited_on: "Cité",
    used_in: "Employé dans",
    used_on: "Employé",
    see: "Voir",
    see_also: "Voir aussi",
    also_called: "Aussi\u{A0}:",
    index: "Index",
    contributors: "Contributeurs",
    discussion: "Pour la discussion",
    whole_book: "L’ensemble du livre",
    questions_at_end: "Les questions à discuter se trouvent à la fin du livre.",
    first_published: "Première parution :",
    back_to_text: "Retour au texte",
    set_in: "Composé en",
    font_licence: "sous licence SIL Open Font License 1.1",
    made_with: "Réalisé avec Garland",
    see_title: "voir «\u{202F}T\u{202F}»",
    essays: "essais",
    callouts: &[
        ("note", "Remarque"),
        ("info", "Information"),
        ("tip", "Conseil"),
        ("hint", "Conseil"),
        ("important", "Important"),
        ("warning", "Avertissement"),
        ("caution", "Attention"),
        ("danger", "Danger"),
        ("example", "Exemple"),
        ("question", "Question"),
        ("quote", "Citation"),
        ("summary", "Résumé"),
        ("abstract", "Résumé"),
        ("success", "Réussite"),
        ("failure", "Échec"),
        ("bug", "Erreur"),
        ("todo", "À\u{A0}faire"),
        ("details", "Détails"),
        ("attention", "Attention"),
    ],
    roles: &[
        ("ill", "Illustrations"),
        ("trl", "Traduction"),
        ("pht", "Photographies"),
        ("cov", "Couverture"),
        ("bkd", "Maquette"),
        ("aui", "Introduction"),
        ("aft", "Postface"),
        ("pfr", "Relecture"),
        ("cpy", "Préparation de copie"),
        ("com", "Compilation"),
        ("ann", "Annotations"),
        ("ctb", "Contribution"),
    ],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    full_date: "D M Y",
    month_and_year: "M Y",
};

const SPANISH: Labels = Labels {
    contents: "Índice",
    bibliography: "Bibliografía",
    references: "Referencias",
    source_groups: [
        "Libros",
        "Artículos y capítulos",
        "Informes y tesis",
        "Páginas web",
        "Películas y grabaciones",
        "Leyes y sentencias",
        "Otras fuentes",
    ],
    glossary: "Glosario",
    notes: "Notas",
    colophon: "Colofón",
    cover: "Cubierta",
    title_page: "Portada",
    pages: "Páginas",
    figures: "Figuras",
    tables: "Tablas",
    description: "Descripción",
    page: "página",
    page_abbreviation: "p.",
    pages_abbreviation: "pp.",
    edited_by: "Edición de",
    and: "y",
    cited_in: "Citado en",
    cited_on: "Citado en",
    used_in: "Usado en",
    used_on: "Usado en",
    see: "Véase",
    see_also: "Véase también",
    also_called: "También:",
    index: "Índice alfabético",
    contributors: "Colaboradores",
    discussion: "Para el debate",
    whole_book: "El libro entero",
    questions_at_end: "Las preguntas para el debate están al final del libro.",
    first_published: "Publicado por primera vez en",
    back_to_text: "Volver al texto",
    set_in: "Compuesto en",
    font_licence: "con licencia SIL Open Font License 1.1",
    made_with: "Hecho con Garland",
    see_title: "véase «T»",
    essays: "ensayos",
    callouts: &[
        ("note", "Nota"),
        ("info", "Información"),
        ("tip", "Consejo"),
        ("hint", "Consejo"),
        ("important", "Importante"),
        ("warning", "Advertencia"),
        ("caution", "Precaución"),
        ("danger", "Peligro"),
        ("example", "Ejemplo"),
        ("question", "Pregunta"),
        ("quote", "Cita"),
        ("summary", "Resumen"),
        ("abstract", "Resumen"),
        ("success", "Éxito"),
        ("failure", "Error"),
        ("bug", "Error"),
        ("todo", "Tarea"),
        ("details", "Detalles"),
        ("attention", "Atención"),
    ],
    roles: &[
        ("ill", "Ilustraciones"),
        ("trl", "Traducción"),
        ("pht", "Fotografías"),
        ("cov", "Cubierta"),
        ("bkd", "Diseño"),
        ("aui", "Introducción"),
        ("aft", "Epílogo"),
        ("pfr", "Corrección de pruebas"),
        ("cpy", "Corrección de estilo"),
        ("com", "Compilación"),
        ("ann", "Anotaciones"),
        ("ctb", "Colaboración"),
    ],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    full_date: "D de M de Y",
    month_and_year: "M de Y",
};

impl Labels {
    /// The labels for a BCP 47 language; English where Garland does not speak it.
    /// The heading over sources of a kind.
    pub fn source_group(&self, group: SourceGroup) -> &'static str {
        self.source_groups[group as usize]
    }

    pub fn of(language: &str) -> &'static Labels {
        match language.split(['-', '_']).next().unwrap_or_default() {
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }

    /// Sends the reader to an essay: `see “On Gardens”`, with a capital where a sentence starts.
    pub fn see(&self, title: &str, starts_sentence: bool) -> String {
        let phrase = self.see_title.replace('T', title);
        let mut letters = phrase.chars();
        match letters.next() {
            Some(first) if starts_sentence => first.to_uppercase().chain(letters).collect(),
            _ => phrase,
        }
    }

    /// What a remark is called that has no title: in the book's words, or in its author's.
    pub fn callout(&self, kind: &str) -> String {
        if let Some((_, word)) = self.callouts.iter().find(|(known, _)| known.eq_ignore_ascii_case(kind)) {
            return (*word).to_owned();
        }
        let mut letters = kind.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }

    /// What the work of a hand in the book is called; `None` for a MARC relator code that has no word
    /// here.
    pub fn role(&self, code: &str) -> Option<&'static str> {
        self.roles.iter().find(|(known, _)| *known == code).map(|&(_, word)| word)
    }

    /// A date as it is printed: `4 April 2025`, `April 2025`, `2025`.
    pub fn date(&self, date: crate::document::Date) -> String {
        let month = date.month.and_then(|month| self.months.get(usize::from(month).checked_sub(1)?));
        let pattern = match (date.day, month) {
            (Some(_), Some(_)) => self.full_date,
            (None, Some(_)) => self.month_and_year,
            _ => "Y",
        };
        let mut text = String::new();
        for part in pattern.chars() {
            match part {
                'D' => text.push_str(&date.day.unwrap_or_default().to_string()),
                'M' => text.push_str(month.unwrap_or(&"")),
                'Y' => text.push_str(&date.year.to_string()),
                other => text.push(other),
            }
        }
        text
    }

    /// Names as a phrase: `A`, `A and B`, `A, B and C`.
    pub fn names<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> String {
        let names: Vec<&str> = names.into_iter().collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.and),
        }
    }
}
