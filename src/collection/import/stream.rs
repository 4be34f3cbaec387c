//! Banks read on a thread of their own, while what was read before is being stored.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::options::ImportOptions;
use crate::bank::{self, Draft, Guess, Identified, Identifier, Problem, Rejected, Sink};
use crate::error::{Error, Kind, Result};
use crate::model::{Guid, Tags};

/// What was found in a bank, in the order of the file.
#[expect(clippy::large_enum_variant, reason = "nearly all are notes")]
pub(super) enum Found {
    Note(Guid, Draft),
    Duplicate(Problem),
    Rejected(Rejected),
    Left(Guid),
    Warning(Problem),
    Skipped(u64),
    Guess(Guess),
}

/// Some of what one bank holds.
pub(super) struct Batch {
    /// Which bank.
    pub(super) file: usize,
    pub(super) found: Vec<Found>,
    /// How far into the text it reaches, in bytes.
    pub(super) upto: usize,
}

enum Message {
    Batch(Batch),
    End(Result<()>),
}

/// Items in a batch.
const BATCH: usize = 256;
/// Batches that may wait to be stored: what is read ahead of them costs memory.
const MOST_WAITING: usize = 8;
/// Batches that are read before the first is stored: whether a bank is one at all is known by then.
const AHEAD: usize = 4;

/// What is still to come of banks that are being read.
pub(super) struct Stream {
    receiver: Receiver<Message>,
    ahead: VecDeque<Batch>,
    ended: bool,
}

impl Stream {
    /// Begins to read.
    pub(super) fn start(banks: Vec<Arc<bank::Bank>>, options: ImportOptions) -> Result<Self> {
        let (sender, receiver) = sync_channel(MOST_WAITING);
        let reader = thread::Builder::new().name("bank reader".to_owned()).spawn(move || {
            let done = read(&banks, &options, &sender);
            // Whoever waited for it may have given up.
            drop(sender.send(Message::End(done)));
        });
        // It ends with the stream, at the latest when nobody takes what it reads.
        drop(reader.map_err(|cause| Error::new(Kind::Io, format!("no thread can be started: {cause}")))?);
        Ok(Self { receiver, ahead: VecDeque::new(), ended: false })
    }

    /// Waits until everything was read, or as much as may wait. An error is one of a bank as a whole.
    pub(super) fn read_ahead(&mut self) -> Result<()> {
        while self.ahead.len() < AHEAD && self.receive()? {}
        Ok(())
    }

    /// What was read ahead.
    pub(super) fn ahead(&self) -> impl Iterator<Item = &Found> {
        self.ahead.iter().flat_map(|batch| &batch.found)
    }

    /// The next batch; none when everything was taken.
    pub(super) fn next(&mut self) -> Result<Option<Batch>> {
        if self.ahead.is_empty() {
            self.receive()?;
        }
        Ok(self.ahead.pop_front())
    }

    /// Waits for the next message; says whether there was one.
    fn receive(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        match self.receiver.recv() {
            Ok(Message::Batch(batch)) => {
                self.ahead.push_back(batch);
                Ok(true)
            }
            Ok(Message::End(done)) => {
                self.ended = true;
                done.map(|()| false)
            }
            Err(_) => {
                self.ended = true;
                Err(Error::internal("the reader of the bank stopped in the middle"))
            }
        }
    }
}

fn read(banks: &[Arc<bank::Bank>], options: &ImportOptions, sender: &SyncSender<Message>) -> Result<()> {
    let mut identifier = Identifier::default();
    for (file, bank) in banks.iter().enumerate() {
        identifier.begin(&bank.input.name);
        let mut out = Sending {
            options,
            identifier: &mut identifier,
            sender,
            file,
            found: Vec::new(),
            upto: 0,
            items: 0,
            without_deck: 0,
        };
        bank.read(&options.bank, &mut out)?;
        if options.deck.is_some() && out.items > 0 && out.without_deck == 0 {
            let message = "every note in it names its deck, so --deck changes nothing";
            out.warn(Problem::new(
                1,
                message,
                "matura decks rename and matura edit --deck move them afterwards",
            ));
        }
        if let Some(stated) = options.bank.format.as_ref().filter(|_| out.items == 0) {
            let message = format!("{}: nothing in it is in the format {stated}", bank.input.name);
            return Err(
                Error::new(Kind::Input, message).hint("leave --format out and see what matura takes it for")
            );
        }
        out.send();
    }
    Ok(())
}

/// Gives each note what is stated for all of them, and its guid, and sends it on its way.
struct Sending<'s> {
    options: &'s ImportOptions,
    identifier: &'s mut Identifier,
    sender: &'s SyncSender<Message>,
    file: usize,
    found: Vec<Found>,
    upto: usize,
    items: u64,
    /// Notes for which the bank names no deck.
    without_deck: u64,
}

impl Sending<'_> {
    fn push(&mut self, found: Found) {
        self.found.push(found);
        if self.found.len() == BATCH {
            self.send();
        }
    }

    fn send(&mut self) {
        let found = std::mem::take(&mut self.found);
        // If nobody waits for it any more the rest is read in vain, which is soon over.
        drop(self.sender.send(Message::Batch(Batch { file: self.file, found, upto: self.upto })));
    }
}

impl Sink for Sending<'_> {
    fn draft(&mut self, mut draft: Draft) {
        self.upto = draft.span.end;
        self.items += 1;
        if draft.deck.is_none() {
            draft.deck.clone_from(&self.options.deck);
            self.without_deck += 1;
        }
        if !self.options.tags.is_empty() {
            let tags = draft.content.tags.iter().chain(self.options.tags.iter());
            draft.content.tags = Tags::new(tags);
        }
        match self.identifier.identify(draft) {
            Identified::Note(guid, draft, warning) => {
                self.push(Found::Note(guid, draft));
                if let Some(warning) = warning {
                    self.push(Found::Warning(warning));
                }
            }
            Identified::Duplicate(problem) => self.push(Found::Duplicate(problem)),
            Identified::Rejected(rejected) => self.push(Found::Rejected(rejected)),
        }
    }

    fn reject(&mut self, rejected: Rejected) {
        self.items += 1;
        self.push(Found::Rejected(rejected));
    }

    fn warn(&mut self, problem: Problem) {
        self.push(Found::Warning(problem));
    }

    fn leave(&mut self, guid: Guid) {
        self.items += 1;
        self.push(Found::Left(guid));
    }

    fn skip(&mut self, rows: u64) {
        if rows > 0 {
            self.push(Found::Skipped(rows));
        }
    }

    fn guess(&mut self, guess: Guess) {
        self.push(Found::Guess(guess));
    }
}
