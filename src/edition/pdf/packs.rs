//! Small objects in object streams, many in each (ISO 32000-1, section 7.5.7).

use lopdf::content::{Content, Operation};
use lopdf::{Object, ObjectId, Stream, dictionary};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::objects::{Deflater, flate_stream};
use super::tokens::Tokens;
use crate::edition::EditionError;

/// How many objects go into one object stream.
pub const OBJECTS_PER_PACK: usize = 200;

/// An object stream, and the numbers of what is in it.
pub struct Pack {
    pub numbers: Vec<u32>,
    pub stream: Stream,
}

/// Packs one batch of objects after another.
pub struct Packer {
    numbers: Vec<u32>,
    /// Numbers and offsets.
    index: Tokens,
    objects: Tokens,
    deflater: Deflater,
}

impl Packer {
    pub fn new() -> Self {
        let (index, objects) = (Tokens::default(), Tokens::default());
        Packer { numbers: Vec::new(), index, objects, deflater: Deflater::new() }
    }

    /// Adds an object.
    pub fn add(&mut self, (number, _): ObjectId, write: impl FnOnce(&mut Tokens)) {
        self.numbers.push(number);
        self.index.integer(number.into());
        self.index.byte(b' ');
        self.index.integer(self.objects.len() as i64);
        self.index.byte(b' ');
        write(&mut self.objects);
        self.objects.byte(b'\n');
    }

    /// How many objects were added since the last pack.
    pub fn count(&self) -> usize {
        self.numbers.len()
    }

    /// What was added since the last pack, if anything was.
    pub fn pack(&mut self) -> Option<Pack> {
        if self.numbers.is_empty() {
            return None;
        }
        let dictionary = dictionary! {
            "Type" => "ObjStm",
            "N" => self.numbers.len() as i64,
            "First" => self.index.len() as i64,
        };
        self.index.raw(self.objects.bytes());
        let stream = flate_stream(dictionary, self.deflater.deflate(self.index.bytes()));
        self.index.clear();
        self.objects.clear();
        Some(Pack { numbers: std::mem::take(&mut self.numbers), stream })
    }
}

/// Packs objects as lopdf keeps them.
pub fn pack(objects: Vec<(ObjectId, Object)>) -> Result<Vec<Pack>, EditionError> {
    let mut batches = Vec::with_capacity(objects.len() / OBJECTS_PER_PACK + 1);
    let mut objects = objects.into_iter().peekable();
    while objects.peek().is_some() {
        batches.push(objects.by_ref().take(OBJECTS_PER_PACK).collect::<Vec<_>>());
    }
    let pack_batch = |packer: &mut Packer, batch: Vec<(ObjectId, Object)>| {
        for (id, object) in batch {
            let bytes = serialize(object)?;
            packer.add(id, |tokens| tokens.raw(&bytes));
        }
        Ok(packer.pack())
    };
    batches.into_par_iter().map_init(Packer::new, pack_batch).filter_map(Result::transpose).collect()
}

/// An object as a file has it. lopdf writes objects only within whole documents and as operands within content; an
/// operand without an operator is the bare object.
pub fn serialize(object: Object) -> Result<Vec<u8>, EditionError> {
    let content = Content { operations: [Operation { operator: String::new(), operands: vec![object] }] };
    content.encode().map_err(|error| EditionError::new(format!("the PDF could not be put together: {error}")))
}
