//! What is told by `matura log` and taken back by `matura undo`.

use crate::collection::Context;
use crate::error::Result;
use crate::model::{Act, OperationId};
use crate::store::{Tx, operation};

/// Does something to the collection in such a way that it can be told and taken back; gives its number too, if it changed
/// anything.
pub(in crate::collection) fn operate<T>(
    tx: &Tx<'_>,
    context: Context,
    act: Act,
    work: impl FnOnce() -> Result<T>,
) -> Result<(T, Option<OperationId>)> {
    let id = operation::begin(tx, act, context.now)?;
    let done = work()?;
    let is_changed = operation::end(tx, id)?;
    Ok((done, is_changed.then_some(id)))
}
