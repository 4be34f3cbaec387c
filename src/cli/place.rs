//! Where the collection is.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::error::{Error, Kind, Result};
use crate::files;

/// The environment variable that names the collection.
const COLLECTION_VARIABLE: &str = "MATURA_COLLECTION";

/// Refuses to write what `option` names over the collection, or over any other database: a backup, or another collection.
pub(super) fn must_be_no_collection(file: &Path, named: Option<&Path>, option: &str) -> Result<()> {
    let what = if files::is_same(file, &collection(named)?) {
        "the collection itself"
    } else if files::is_database(file) {
        "a database, such as a collection or a backup of one"
    } else {
        return Ok(());
    };
    Err(Error::new(Kind::Usage, format!("{} is {what}", file.display()))
        .hint(format!("name another file with {option} FILE")))
}

/// The file of the collection: the one that is named, else that of the environment, else the platform's place.
pub(super) fn collection(named: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = named {
        return Ok(path.to_owned());
    }
    if let Some(path) = std::env::var_os(COLLECTION_VARIABLE).filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    let folders = etcetera::base_strategy::choose_native_strategy().map_err(|cause| {
        Error::new(Kind::Io, format!("there is no home folder to keep the collection in: {cause}"))
            .hint(format!("name a file with --collection FILE or {COLLECTION_VARIABLE}"))
    })?;
    Ok(folders.data_dir().join("matura").join("collection.db"))
}
