//! Lists in one cell: items separated by `|`.
//!
//! A bar that belongs to an item is written `\|`; backslashes right before a bar are doubled. All other
//! backslashes are themselves, so LaTeX needs no care.

/// The items of a cell, trimmed; none if the cell is empty.
pub(super) fn read(cell: &str) -> Vec<String> {
    if cell.trim().is_empty() {
        return Vec::new();
    }
    let mut items = Vec::new();
    let mut item = String::new();
    let mut slashes = 0_usize;
    for c in cell.chars() {
        match c {
            '\\' => slashes += 1,
            '|' => {
                item.extend(std::iter::repeat_n('\\', slashes / 2));
                if slashes % 2 == 1 {
                    item.push('|');
                } else {
                    items.push(take(&mut item));
                }
                slashes = 0;
            }
            _ => {
                item.extend(std::iter::repeat_n('\\', std::mem::take(&mut slashes)));
                item.push(c);
            }
        }
    }
    item.extend(std::iter::repeat_n('\\', slashes));
    items.push(take(&mut item));
    items
}

fn take(item: &mut String) -> String {
    std::mem::take(item).trim().to_owned()
}

/// The cell that holds these items.
pub(super) fn write<'i>(items: impl IntoIterator<Item = &'i str>) -> String {
    let mut cell = String::new();
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            // backslashes at the end of the item before stand before a bar now
            double_trailing_slashes(&mut cell);
            cell.push('|');
        }
        for c in item.chars() {
            if c == '|' {
                double_trailing_slashes(&mut cell);
                cell.push('\\');
            }
            cell.push(c);
        }
    }
    cell
}

fn double_trailing_slashes(cell: &mut String) {
    let slashes = cell.chars().rev().take_while(|c| *c == '\\').count();
    cell.extend(std::iter::repeat_n('\\', slashes));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bars_part_items_and_backslashes_are_themselves_elsewhere() {
        for (cell, items) in [
            ("a | b|c", vec!["a", "b", "c"]),
            (r"x \| y|z", vec!["x | y", "z"]),
            (r"\frac{a}{b}|\n", vec![r"\frac{a}{b}", r"\n"]),
            (r"a\\|b\\\|c", vec![r"a\", r"b\|c"]),
            ("a||b", vec!["a", "", "b"]),
            ("  ", vec![]),
        ] {
            assert_eq!(read(cell), items, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(items in prop::collection::vec(r"[a|\\ ]{0,6}[a|\\]", 1..5)) {
            let items: Vec<String> = items.iter().map(|item| item.trim().to_owned()).collect();
            prop_assert_eq!(read(&write(items.iter().map(String::as_str))), items);
        }
    }
}
