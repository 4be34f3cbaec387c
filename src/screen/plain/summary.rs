//! The end of a session in lines.

use super::Plain;
use crate::error::Result;
use crate::screen::words::{Sum, summary};

pub(super) fn write(plain: &mut Plain<'_, '_, '_, '_>) -> Result<()> {
    let sum = Sum {
        way: plain.session.way(),
        tally: plain.session.tally(),
        left: plain.session.left(),
        outlook: plain.session.outlook()?,
        scope: plain.session.scope(),
        matched: plain.session.matched()?,
        test: plain.session.test()?,
        leeches: std::mem::take(&mut plain.leeches),
    };
    plain.page.line("")?;
    summary(&sum).iter().try_for_each(|line| plain.page.line(line))
}
