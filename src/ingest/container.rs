//! What every reader of another program's files hands over.

use crate::document::Metadata;
use crate::ledger::Change;
use crate::manuscript::InputFile;

/// A file of another program, converted to the essay HTML that the parser reads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Converted {
    pub html: String,
    pub metadata: Metadata,
    /// By a path as if the file were a folder: `essays/essay.docx/media/image1.png`.
    pub pictures: Vec<InputFile<Vec<u8>>>,
    /// What is not in the HTML, or not where it was; lines are lines of the HTML.
    pub changes: Vec<Change>,
}
