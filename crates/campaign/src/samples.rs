//! Cuts the samples of a point into blocks, each simulated by one process, and splits the log of a
//! block into those of its samples.
//!
//! A block is a folder below its point, such as `mc_1-50`, with its own deck, log and status. It
//! has a key, and it is simulated, retried and resumed like a point. Existing blocks stay when
//! samples are added.

use libchar_core::{Fault, Faults, Frame, Table};
use libchar_engine::batch::{self, Shape};
use libchar_pvt::Point;

/// The draws: one row for each sample, one column for each quantity.
pub const DRAWS: &str = "samples.csv";

/// The blocks: one row for each point and block, with the hash of its deck.
pub const BLOCKS: &str = "blocks.csv";

/// The largest number of samples in a block. With so many, the start of a simulator costs little
/// compared with the simulations.
const LARGEST: usize = 50;

/// The number of blocks that is enough to keep the cores of a machine or a cluster busy.
const ENOUGH_BLOCKS: usize = 32;

/// Samples that one process simulates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// The first of them, counted from 1.
    pub first: u64,
    /// The number of samples.
    pub samples: u64,
}

/// A row of `blocks.csv`: a block of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockRow {
    /// The point's id.
    pub point: String,
    /// The block.
    pub block: Block,
    /// SHA-256 of the deck.
    pub deck_sha256: String,
}

impl BlockRow {
    /// The id of the block, which is its folder.
    pub fn id(&self) -> String {
        format!("{}/{}", self.point, self.block.folder())
    }
}

impl Block {
    /// Name of the folder: `mc_1-50`.
    pub fn folder(self) -> String {
        format!("mc_{}-{}", self.first, self.first + self.samples - 1)
    }

    /// Parses the name of a block's folder.
    pub fn of_folder(name: &str) -> Option<Block> {
        let (first, last) = name.strip_prefix("mc_")?.split_once('-')?;
        let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
        let block = Block { first, samples: last.checked_sub(first)? + 1 };
        (first > 0 && block.folder() == name).then_some(block)
    }

    /// The block of an id, which consists of the id of its point and the name of the block's
    /// folder.
    pub fn of_id(id: &str) -> Option<Block> {
        Block::of_folder(id.rsplit('/').next()?)
    }

    /// The numbers of its samples.
    pub fn numbers(self) -> std::ops::Range<u64> {
        self.first..self.first + self.samples
    }

    /// The block as a point of its own, below the point whose samples it holds.
    pub fn of_point(self, point: &Point, deck_sha256: &str) -> Point {
        let id = format!("{}/{}", point.id, self.folder());
        Point {
            deck: format!("{id}/{}", point.deck_name()),
            deck_sha256: deck_sha256.to_owned(),
            id,
            ..point.clone()
        }
    }
}

/// Returns the id of the point whose samples a block holds if `id` is that of a block, else `id`
/// itself.
pub fn point_id(id: &str) -> &str {
    match id.rsplit_once('/') {
        Some((point, folder)) if Block::of_folder(folder).is_some() => point,
        _ => id,
    }
}

/// The number of samples in a block if `samples` are to be simulated in all.
pub fn block_size(samples: usize) -> usize {
    samples.div_ceil(ENOUGH_BLOCKS).clamp(1, LARGEST)
}

/// Cuts samples 1 to `samples` into blocks of `size`. The blocks of `before` stay as long as they
/// follow each other without a gap and hold no sample beyond `samples`. With `alone`, each block
/// holds one sample.
pub fn cut(before: &[Block], samples: usize, size: usize, alone: bool) -> Vec<Block> {
    let (samples, size) = (samples as u64, if alone { 1 } else { size.max(1) as u64 });
    let mut blocks: Vec<Block> = Vec::new();
    let mut next = 1;
    for block in before {
        if block.first != next || block.numbers().end > samples + 1 || alone && block.samples > 1 {
            break;
        }
        next = block.numbers().end;
        blocks.push(*block);
    }
    while next <= samples {
        let block = Block { first: next, samples: size.min(samples + 1 - next) };
        next = block.numbers().end;
        blocks.push(block);
    }
    blocks
}

/// Returns the deck of a block: that of its only sample, or a loop over the samples. `None` if the
/// decks differ in more than the numbers of `.param` statements, or cannot run in a loop.
pub fn deck(decks: &[String]) -> Option<String> {
    let (first, others) = decks.split_first()?;
    if others.is_empty() {
        return Some(first.clone());
    }
    let shape = Shape::of(first)?;
    let shapes: Vec<Shape> = others.iter().map(|deck| Shape::of(deck)).collect::<Option<_>>()?;
    batch::combine(first, &shape, &shapes.iter().collect::<Vec<_>>())
}

/// The log of each sample of a block; `None` for a sample that failed and for samples that were not
/// reached.
pub fn parts(log: &str, block: Block) -> Vec<Option<&str>> {
    match block.samples {
        1 => vec![Some(log)],
        samples => batch::split(log, usize::try_from(samples).unwrap_or(usize::MAX)),
    }
}

/// The content of `blocks.csv`.
pub fn frame(rows: &[BlockRow]) -> Frame {
    let columns = ["point", "block", "first", "samples", "deck_sha256"];
    let mut frame = Frame::new("libchar.blocks", 1, columns);
    for BlockRow { point, block, deck_sha256 } in rows {
        frame.push(vec![
            point.as_str().into(),
            block.folder().as_str().into(),
            (block.first as i64).into(),
            (block.samples as i64).into(),
            deck_sha256.as_str().into(),
        ]);
    }
    frame
}

/// Reads `blocks.csv`.
///
/// # Errors
/// A missing column, or a cell in `block` that is not the name of a block's folder.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Vec<BlockRow>, Faults> {
    let table = Table::parse(file, bytes)?;
    let columns = (table.column("point")?, table.column("block")?, table.column("deck_sha256")?);
    let (point, block, hash) = columns;
    let mut faults: Vec<Fault> = Vec::new();
    let mut rows = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let folder = table.cell(row, block);
        match Block::of_folder(folder) {
            Some(block) => rows.push(BlockRow {
                point: table.cell(row, point).to_owned(),
                block,
                deck_sha256: table.cell(row, hash).to_owned(),
            }),
            None => {
                let fault = table.fault(row, block, format!("`{folder}` in column `block`"));
                faults.push(fault.expected("first and last sample, such as mc_1-50"));
            }
        }
    }
    Faults::or(rows, faults)
}

#[cfg(test)]
mod tests {
    use super::{Block, block_size, cut, deck, parse, parts};

    fn names(blocks: &[Block]) -> Vec<String> {
        blocks.iter().map(|block| block.folder()).collect()
    }

    #[test]
    fn blocks_that_are_there_stay() {
        let first = cut(&[], 120, 50, false);
        assert_eq!(names(&first), ["mc_1-50", "mc_51-100", "mc_101-120"]);
        assert_eq!(
            names(&cut(&first, 200, 50, false))[2..],
            ["mc_101-120", "mc_121-170", "mc_171-200"]
        );
        assert_eq!(names(&cut(&first, 110, 50, false))[2..], ["mc_101-110"]);
        assert_eq!(names(&cut(&first, 3, 50, true)), ["mc_1-1", "mc_2-2", "mc_3-3"]);
        // A block that ends with the last sample is whole.
        assert_eq!(cut(&first, 120, 10, false), first);
        let single = cut(&[], 2, 1, false);
        assert_eq!(names(&cut(&single, 5, 3, false)), ["mc_1-1", "mc_2-2", "mc_3-5"]);
        assert!(cut(&first, 0, 50, false).is_empty());
        assert_eq!((block_size(10), block_size(100), block_size(10_000)), (1, 4, 50));
    }

    #[test]
    fn folders_say_their_block() {
        assert_eq!(Block::of_id("TT/t/t_25/v1/mc_1-50"), Some(Block { first: 1, samples: 50 }));
        for name in ["mc_0-3", "mc_5-4", "mc_01-2", "mc_1", "cload_1-2"] {
            assert_eq!(Block::of_folder(name), None, "{name}");
        }
    }

    #[test]
    fn a_block_is_a_point_below_its_own_with_a_deck_of_its_own() {
        let domain = crate::fixture::Domain::new(1);
        let point = &domain.points[0];
        let block = Block { first: 1, samples: 50 }.of_point(point, "hash");
        assert_eq!(block.id, format!("{}/mc_1-50", point.id));
        assert_eq!(block.deck, format!("{}/mc_1-50/sim_tx.sp", point.id));
        assert_eq!((block.deck_sha256.as_str(), block.corner.as_str()), ("hash", "TT"));
        assert_eq!(
            (super::point_id(&block.id), super::point_id("a/b")),
            (point.id.as_str(), "a/b")
        );
    }

    #[test]
    fn decks_of_a_block_are_a_loop() {
        let one = |v: &str| format!("t\n.param dvth={v}\n.temp 25\nr1 a 0 1k\n.op\n.end\n");
        let looped = deck(&[one("0.1"), one("0.2")]).unwrap();
        assert!(looped.contains("alterparam dvth=0.2\nreset\n"), "{looped}");
        assert_eq!(deck(&[one("0.1"), one("0.2").replace("1k", "2k")]), None);
        let log = "a\nlibchar-batch-point 0 0\nb\nlibchar-batch-point 1 1\n";
        assert_eq!(parts(log, Block { first: 7, samples: 2 }), [Some("a\n"), None]);
    }

    #[test]
    fn a_block_that_is_none_is_a_fault() {
        let faults = parse("blocks.csv", b"point,block,first,samples,deck_sha256\na,b,1,1,c\n");
        assert!(
            faults.unwrap_err().to_string().starts_with("blocks.csv:2:3: `b` in column `block`")
        );
    }
}
