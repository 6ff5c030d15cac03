//! `chain.db`: the chain's state and history in one file.
//!
//! | table | key | value |
//! | --- | --- | --- |
//! | `storage` | raw key | raw value, as the contracts wrote it |
//! | `transactions` | number, from 1 | a message's [`Tx`], postcard, deflated: events say the same words over and over |
//! | `meta` | `format`, `head`, `book`, `economy`, `clock`, `calendar` | JSON |

use super::{AddressBook, Chain, Embedded, Head, MemStorage, Tx, TxSink};
use crate::calendar::Calendar;
use anyhow::{bail, Context as _, Result};
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use flate2::Compression;
use redb::{Database, Durability, ReadOnlyDatabase, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use vrs_days::Clock;

const STORAGE: TableDefinition<&[u8], &[u8]> = TableDefinition::new("storage");
const TRANSACTIONS: TableDefinition<u64, &[u8]> = TableDefinition::new("transactions");
const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");

/// Version of this layout.
const FORMAT: u32 = 2;
/// The file's name in an output folder.
pub const FILE: &str = "chain.db";
/// Bytes of transactions that are gathered before they are written.
const GATHER: usize = 4 << 20;

/// What stands in the file beside storage and transactions.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Chain id, block, codes, addresses.
    pub head: Head,
    /// Members and devices by the files' ids.
    pub book: AddressBook,
    /// The economy file that was deployed.
    pub economy: String,
    /// The clock that was deployed.
    pub clock: Clock,
    /// Which date a day has in the files of the run; none without a run.
    pub calendar: Option<Calendar>,
}

/// A file in the making.
pub struct Writer {
    shared: Rc<RefCell<Inner>>,
}

struct Inner {
    db: Database,
    gathered: Vec<(u64, Vec<u8>)>,
    bytes: usize,
    kept: u64,
}

impl Writer {
    /// Begins a new file.
    pub fn create(path: &Path) -> Result<Self> {
        let db = Database::builder()
            .set_cache_size(32 << 20)
            .create(path)
            .with_context(|| path.display().to_string())?;
        let inner = Inner {
            db,
            gathered: vec![],
            bytes: 0,
            kept: 0,
        };
        Ok(Writer {
            shared: Rc::new(RefCell::new(inner)),
        })
    }

    /// Where the chain hands its transactions.
    pub fn sink(&self) -> Box<dyn TxSink> {
        Box::new(Sink {
            shared: self.shared.clone(),
        })
    }

    /// Writes the chain's state; the file is whole and on disk when this returns.
    pub fn finish(
        self,
        chain: &Embedded,
        book: &AddressBook,
        economy: &str,
        clock: &Clock,
        calendar: &Calendar,
    ) -> Result<()> {
        let mut inner = self.shared.borrow_mut();
        inner.flush()?;
        let write = inner.db.begin_write()?;
        {
            let mut storage = write.open_table(STORAGE)?;
            for (key, value) in chain.storage().entries() {
                storage.insert(key, value)?;
            }
            let mut meta = write.open_table(META)?;
            let mut put = |name: &str, json: Vec<u8>| meta.insert(name, json.as_slice()).map(|_| ());
            put("format", serde_json::to_vec(&FORMAT)?)?;
            put("head", serde_json::to_vec(&chain.head())?)?;
            put("book", serde_json::to_vec(book)?)?;
            put("economy", serde_json::to_vec(economy)?)?;
            put("clock", serde_json::to_vec(clock)?)?;
            put("calendar", serde_json::to_vec(calendar)?)?;
        }
        write.commit()?;
        inner.db.compact()?;
        Ok(())
    }
}

impl Inner {
    fn flush(&mut self) -> Result<()> {
        let mut write = self.db.begin_write()?;
        write.set_durability(Durability::None)?;
        {
            let mut table = write.open_table(TRANSACTIONS)?;
            for (number, bytes) in self.gathered.drain(..) {
                table.insert(number, bytes.as_slice())?;
            }
        }
        write.commit()?;
        self.bytes = 0;
        Ok(())
    }
}

struct Sink {
    shared: Rc<RefCell<Inner>>,
}

impl TxSink for Sink {
    fn keep(&mut self, tx: &Tx) -> Result<()> {
        let mut deflate = DeflateEncoder::new(vec![], Compression::fast());
        deflate.write_all(&postcard::to_allocvec(tx)?)?;
        let bytes = deflate.finish()?;
        let mut inner = self.shared.borrow_mut();
        inner.bytes += bytes.len();
        inner.kept += 1;
        let number = inner.kept;
        inner.gathered.push((number, bytes));
        if inner.bytes >= GATHER {
            inner.flush()?;
        }
        Ok(())
    }
}

/// An output folder's chain, for reading.
pub struct Reader {
    path: PathBuf,
    db: ReadOnlyDatabase,
}

impl Reader {
    /// Opens `DIR/chain.db`, or the file itself.
    pub fn open(dir: &Path) -> Result<Self> {
        let path = if dir.is_file() { dir.to_owned() } else { dir.join(FILE) };
        let db = ReadOnlyDatabase::open(&path).with_context(|| format!("{}: cannot open", path.display()))?;
        let reader = Reader { path, db };
        let format: u32 = reader.meta_value("format")?;
        if format != FORMAT {
            bail!("{}: expected format {FORMAT}, got {format}", reader.path.display());
        }
        Ok(reader)
    }

    /// Head, book, economy, clock, calendar.
    pub fn meta(&self) -> Result<Meta> {
        Ok(Meta {
            head: self.meta_value("head")?,
            book: self.meta_value::<AddressBook>("book")?.indexed(),
            economy: self.meta_value("economy")?,
            clock: self.meta_value("clock")?,
            calendar: self.meta_value("calendar")?,
        })
    }

    /// The chain, as it stood when the file was written.
    pub fn chain(&self) -> Result<Chain> {
        let read = self.db.begin_read()?;
        let table = read.open_table(STORAGE)?;
        let entries = table.iter()?.map(|entry| {
            let (key, value) = entry?;
            Ok((key.value().to_vec(), value.value().to_vec()))
        });
        let storage: MemStorage = entries.collect::<Result<_, redb::StorageError>>()?;
        Ok(Embedded::resume(storage, self.meta_value("head")?)?.into())
    }

    /// Calls `look` with each message's transaction, oldest first, until it answers false.
    pub fn transactions(&self, mut look: impl FnMut(Tx) -> Result<bool>) -> Result<()> {
        let read = self.db.begin_read()?;
        let table = read.open_table(TRANSACTIONS)?;
        for entry in table.iter()? {
            let (_, bytes) = entry?;
            let mut plain = vec![];
            DeflateDecoder::new(bytes.value()).read_to_end(&mut plain)?;
            if !look(postcard::from_bytes(&plain)?)? {
                break;
            }
        }
        Ok(())
    }

    fn meta_value<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        let missing = || format!("{}: no {name}", self.path.display());
        let read = self.db.begin_read()?;
        let table = read.open_table(META).with_context(missing)?;
        let bytes = table.get(name)?.with_context(missing)?;
        Ok(serde_json::from_slice(bytes.value())?)
    }
}
