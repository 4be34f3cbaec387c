//! A package in the making, on three threads: the caller's hands over notes, the second composes rows, the third
//! writes them.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::archive::{Archive, FindMedia};
use super::database::Database;
use super::rows::{Composer, Rows, Whole};
use super::{Packed, failed, fields};
use crate::anki::Warning;
use crate::anki::fields::clean;
use crate::error::Result;
use crate::model::Note;

/// A package in the making.
pub struct Writer {
    /// Notes that are handed over together.
    waiting: Vec<Packed>,
    notes: SyncSender<Vec<Packed>>,
    /// They come back when they are composed: memory is given back quickly only where it was taken.
    done: Receiver<Vec<Packed>>,
    composing: JoinHandle<Result<Composed>>,
    writing: JoinHandle<Result<Archive>>,
}

/// A package that is done.
#[derive(Debug, Clone)]
pub struct Written {
    /// What goes into the file.
    pub bytes: Vec<u8>,
    /// What did not fit as it was.
    pub warnings: Vec<Warning>,
    /// Images and sounds in it.
    pub media: usize,
    /// Those that its notes name and that were not found.
    pub lacking: Vec<String>,
}

/// How many notes are handed over together, and how many such parts may wait.
const TOGETHER: usize = 256;
const MOST_WAITING: usize = 16;

impl Writer {
    /// A package without notes; their schedules and histories are left out unless they are to travel.
    pub fn new(with_schedule: bool) -> Result<Self> {
        let (notes, taken) = sync_channel::<Vec<Packed>>(MOST_WAITING);
        let (give_back, done) = sync_channel(2 * MOST_WAITING);
        let (parts, rows) = sync_channel(MOST_WAITING);
        let composing = spawn("package composer", move || {
            let mut composing = Composing::new(with_schedule, parts);
            for mut notes in taken {
                composing.add(&mut notes)?;
                // where nobody waits for them they are given back here
                drop(give_back.try_send(notes));
            }
            Ok(composing.finish())
        })?;
        let writing = spawn("package writer", move || {
            let database = Database::new()?;
            for part in rows {
                match part {
                    Part::Rows(rows) => database.add(&rows)?,
                    Part::Whole(whole) => return database.finish(&whole, Archive::of),
                }
            }
            Err(failed(&"it was given up"))
        })?;
        Ok(Self { waiting: Vec::with_capacity(TOGETHER), notes, done, composing, writing })
    }

    /// Adds a note. An error of the other threads comes at the end.
    pub fn add(&mut self, packed: Packed) {
        self.waiting.push(packed);
        if self.waiting.len() == TOGETHER {
            let waiting = std::mem::replace(&mut self.waiting, Vec::with_capacity(TOGETHER));
            drop(self.notes.send(waiting));
            self.done.try_iter().for_each(drop);
        }
    }

    /// The package, with the images and sounds that its notes name and that are found.
    pub fn finish(self, find_media: &mut FindMedia<'_>) -> Result<Written> {
        drop(self.notes.send(self.waiting));
        drop(self.notes);
        let stopped = |_| failed(&"its writer stopped in the middle");
        let composed = self.composing.join().map_err(stopped)??;
        let archive = self.writing.join().map_err(stopped)??;
        let (bytes, lacking) = archive.finish(&composed.media, find_media)?;
        let media = composed.media.len() - lacking.len();
        Ok(Written { bytes, warnings: composed.warnings, media, lacking })
    }
}

fn spawn<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<JoinHandle<Result<T>>> {
    Builder::new().name(name.to_owned()).spawn(work).map_err(|cause| failed(&cause))
}

/// What the thread that writes is given.
enum Part {
    Rows(Rows),
    Whole(Whole),
}

/// What is known when all notes are composed.
#[derive(Debug, Default)]
struct Composed {
    media: BTreeSet<String>,
    warnings: Vec<Warning>,
}

/// The second thread's work.
struct Composing {
    composer: Composer,
    /// Whether what is the learner's own travels.
    with_own: bool,
    parts: SyncSender<Part>,
    composed: Composed,
}

impl Composing {
    fn new(with_schedule: bool, parts: SyncSender<Part>) -> Self {
        Self {
            composer: Composer::new(with_schedule),
            with_own: with_schedule,
            parts,
            composed: Composed::default(),
        }
    }

    fn add(&mut self, notes: &mut [Packed]) -> Result<()> {
        for packed in notes {
            let Note { guid, content, .. } = &packed.note;
            if clean(&content.prompt).trim().is_empty() {
                let message = "its prompt has no character that Anki takes; it is left out".to_owned();
                self.composed.warnings.push(Warning { note: guid.to_string(), message });
                continue;
            }
            self.composed.media.extend(content.media_files());
            packed.note.marked &= self.with_own;
            let (notetype, fields) = fields::of(&packed.note)?;
            self.composer.add(packed, notetype, &fields);
        }
        // one that stopped at an error gives it at the end
        drop(self.parts.send(Part::Rows(std::mem::take(&mut self.composer.rows))));
        Ok(())
    }

    fn finish(self) -> Composed {
        drop(self.parts.send(Part::Whole(self.composer.whole)));
        self.composed
    }
}
