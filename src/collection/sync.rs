//! Devices that are kept alike over a folder which any file synchroniser carries.
//!
//! Each device writes one file there, its own, whole or not at all, and reads those of all others. So no two ever write the same
//! file, and there is nothing of which a synchroniser would have to keep two versions.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Collection, Merged, steps};
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::store::backup::Copy;
use crate::store::media::{self, Folder};
use crate::store::merge::Origin;
use crate::store::sync::{self, Device};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Synced {
    /// The folder.
    pub folder: String,
    /// The file of this device in it.
    pub file: String,
    /// What was taken from other devices that had something new.
    pub taken: Vec<Merged>,
    /// Files of other devices in which there was nothing new.
    pub known: usize,
    /// Files that could not be taken in, and why.
    pub problems: Vec<SyncProblem>,
    /// Whether the file of this device was written: no, if it was as it has to be.
    pub written: bool,
    /// Images and sounds that were put into the folder.
    pub media: usize,
}

/// A file that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncProblem {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// What came of one file.
enum Outcome {
    /// There is nothing new in it.
    Known,
    /// Something was taken in.
    Taken(Box<Merged>),
    /// It could not be taken in.
    Refused(Error),
}

/// What to do about a file that is broken.
const STALE: &str = "nothing of it was taken in; a sync on the device that wrote it, or time for the synchroniser, puts it right; else remove it";

/// How the file of a device begins and ends.
const PREFIX: &str = "matura-";
const SUFFIX: &str = ".db";
/// The folder of images and sounds in the folder: files named by their digest, so that two of one name are the same.
const MEDIA: &str = "media";

impl Collection {
    /// Takes in what other devices have in a folder, and puts there what this one has.
    pub fn sync(&mut self, folder: &Path) -> Result<Synced> {
        let own = self.place()?;
        if !folder.is_dir() {
            return Err(Error::new(Kind::NotFound, format!("there is no folder {}", folder.display()))
                .hint("make it first, where your file synchroniser carries it"));
        }
        if files::resolved(&own).starts_with(files::resolved(folder)) {
            return Err(Error::new(Kind::Usage, format!("the collection itself is in {}", folder.display())).hint(
                "a synchroniser may carry a file that is just being written: keep the collection elsewhere, matura sync puts copies there",
            ));
        }
        let media = Folder::at(folder.join(MEDIA));
        let device = self.identify(folder)?;
        let path = folder.join(file_name(&device.id));
        let mut synced = Synced {
            folder: folder.display().to_string(),
            file: path.display().to_string(),
            taken: Vec::new(),
            known: 0,
            problems: Vec::new(),
            written: false,
            media: 0,
        };
        for entry in files::list(folder)? {
            let other = folder.join(&entry.name);
            if !entry.name.starts_with(PREFIX) || !entry.name.ends_with(SUFFIX) || other == path {
                continue;
            }
            match self.take_from(&other, &media)? {
                Outcome::Known => synced.known += 1,
                Outcome::Taken(merged) => synced.taken.push(*merged),
                // one file of another device that is broken keeps nobody from the rest
                Outcome::Refused(error) => synced.problems.push(SyncProblem {
                    file: other.display().to_string(),
                    message: error.message,
                    hint: error.hint,
                }),
            }
        }
        synced.written = self.put(&path, &device).map_err(|error| {
            let message = format!("the file of this device was not written: {}", error.message);
            Error { message, ..error }
        })?;
        synced.media = self.put_media(&media)?;
        Ok(synced)
    }

    /// Which device this is. A collection that was copied from another device, or brought back from a backup, is not the one that
    /// wrote the file of that name last: it gets a name of its own.
    fn identify(&mut self, folder: &Path) -> Result<Device> {
        let known = self.read(|tx, _| sync::device(tx))?;
        if let Some(known) = known {
            let file = folder.join(file_name(&known.id));
            if !files::is_file(&file) {
                return Ok(Device { stamp: String::new(), ..known });
            }
            // one that cannot be read is another's too
            if sync::device_in(&file).ok().flatten().as_ref() == Some(&known) {
                return Ok(known);
            }
        }
        Ok(Device { id: sync::new_id(), stamp: String::new() })
    }

    /// Takes in the file of another device. What is wrong with that file is no error here.
    fn take_from(&mut self, file: &Path, media: &Folder) -> Result<Outcome> {
        let refused = |error: Error| {
            let is_stale = matches!(error.kind, Kind::Damaged | Kind::NotACollection);
            Ok(Outcome::Refused(if is_stale { error.hint(STALE) } else { error }))
        };
        let device = match sync::device_in(file) {
            Ok(device) => device,
            Err(error) => return refused(error),
        };
        if let Some(device) = &device
            && self.read(|tx, _| sync::is_seen(tx, device))?
        {
            return Ok(Outcome::Known);
        }
        let copy = match steps::sound_copy(file, &self.folder()?) {
            Ok((copy, _)) => copy,
            Err(error) => return refused(error),
        };
        let merged = match self.take_in(&copy, file, media, Origin::Elsewhere) {
            Err(error) if error.kind == Kind::Damaged => return Ok(Outcome::Refused(error)),
            merged => merged?,
        };
        // images that the synchroniser has not brought yet are looked for again, and contradictions told until they are settled
        let is_settled = merged.media_lacking.is_empty() && merged.altered.is_empty();
        if let Some(device) = device.filter(|_| is_settled) {
            self.store.write(|tx| sync::set_seen(tx, &device))?;
        }
        Ok(if merged.changed || !merged.altered.is_empty() {
            Outcome::Taken(Box::new(merged))
        } else {
            Outcome::Known
        })
    }

    /// Writes the file of this device, if it is not as it has to be.
    fn put(&mut self, path: &Path, device: &Device) -> Result<bool> {
        if self.read(|tx, _| sync::stamp(tx))? == device.stamp {
            return Ok(false);
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut copy = Copy::of(&self.place()?, folder)?;
        // another process may have written meanwhile: the stamp is that of what is in the file
        let device = copy.store.write(|tx| {
            let device = Device { id: device.id.clone(), stamp: sync::stamp(tx)? };
            sync::make_public(tx, &device)?;
            Ok(device)
        })?;
        copy.store.shrink()?;
        copy.put(path)?;
        self.store.write(|tx| sync::set_device(tx, &device))?;
        Ok(true)
    }

    /// Puts images and sounds into the folder that are lacking there.
    fn put_media(&mut self, to: &Folder) -> Result<usize> {
        let Some(own) = self.media.clone() else { return Ok(0) };
        let mut put = 0;
        for (_, medium) in self.read(|tx, _| media::all(tx))? {
            if !to.has(&medium)
                && let Some(bytes) = own.read(&medium)?
            {
                to.put(&medium, &bytes)?;
                put += 1;
            }
        }
        Ok(put)
    }
}

fn file_name(id: &str) -> PathBuf {
    format!("{PREFIX}{id}{SUFFIX}").into()
}
