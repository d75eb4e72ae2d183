//! Reads a file: statements become groups, and all faults are reported at once. The time grows with the length of the
//! text.

use crate::cursor::{Cursor, Found};
use crate::group::{Document, Group, Item};
use crate::nesting::closes_down_to;
use crate::statement::{Statement, statement};
use libchar_core::fault::{Fault, Faults, Places};

/// The most levels to which groups may nest; libraries use eight.
const DEEPEST: usize = 64;

/// Reads the text of a Liberty file.
///
/// # Errors
/// Every fault of the text: text that is not a statement; a string, comment, list or group that does not end; a `}` too
/// many; groups nested deeper than 64 levels; `include_file`; no `library` group.
pub fn read(file: &str, text: &str) -> Result<Document, Faults> {
    let mut cursor = Cursor::new(text);
    let items = items(&mut cursor);
    if cursor.is_hopeless() {
        let found =
            format!("{} faults up to here; the rest of the file was not read", cursor.faults.len());
        cursor.fault(cursor.at, found, "a Liberty library");
    } else if cursor.faults.is_empty() && !items.iter().any(is_library) {
        cursor.fault(0, "the file holds no library", "`library (name) { … }`");
    }
    let places = Places::of(text);
    let remarks = placed(&places, file, cursor.remarks);
    Faults::or(Document { items, remarks }, placed(&places, file, cursor.faults))
}

fn is_library(item: &Item) -> bool {
    item.as_group().is_some_and(|group| group.name == "library")
}

fn placed(places: &Places, file: &str, mut found: Vec<Found>) -> Vec<Fault> {
    found.sort_by_key(|found| found.at);
    let fault = |found: Found| places.fault(file, found.at, found.text).expected(found.expected);
    found.into_iter().map(fault).collect()
}

/// All items of the text. Open groups are in a list of their own, so that deep nesting needs no call stack.
fn items(cursor: &mut Cursor) -> Vec<Item> {
    let mut root = Vec::new();
    let mut open: Vec<Group> = Vec::new();
    loop {
        cursor.skip_blanks();
        let comments = std::mem::take(&mut cursor.comments);
        current(&mut root, &mut open).extend(comments.into_iter().map(Item::Comment));
        let at = cursor.at;
        match cursor.peek() {
            _ if cursor.is_hopeless() => break,
            None => break,
            Some(b';') => cursor.at += 1,
            Some(b'}') => {
                cursor.at += 1;
                match open.pop() {
                    Some(group) => current(&mut root, &mut open).push(Item::Group(group)),
                    None => {
                        cursor.fault(at, "`}` closes nothing", "as many `}` as `{` before them")
                    }
                }
            }
            Some(b'{') => {
                cursor.fault(at, "`{` does not follow the name of a group", "`name (…) {`");
                cursor.at += 1;
                open.push(Group { at, ..Group::default() });
            }
            Some(_) => {
                let read = statement(cursor);
                let comments = std::mem::take(&mut cursor.comments);
                let inner = comments.into_iter().map(|mut comment| {
                    comment.trailing = false;
                    Item::Comment(comment)
                });
                current(&mut root, &mut open).extend(inner);
                match read {
                    Statement::Simple(simple) => {
                        current(&mut root, &mut open).push(Item::Simple(simple));
                    }
                    Statement::Complex(complex) => {
                        current(&mut root, &mut open).push(Item::Complex(complex));
                    }
                    Statement::Opens(group) => opens(cursor, &mut root, &mut open, group),
                    // What the unreadable head of a group opens is closed as such.
                    Statement::Unreadable if cursor.take(b'{') => open.push(Group::default()),
                    Statement::Unreadable => {}
                }
            }
        }
        cursor.last_end = cursor.at;
    }
    if let Some(group) = open.last().filter(|_| !cursor.is_cut_off && !cursor.is_hopeless()) {
        unclosed(cursor, group, None);
    }
    close(&mut root, &mut open, 0);
    root
}

/// The list to which the next item is added.
fn current<'a>(root: &'a mut Vec<Item>, open: &'a mut [Group]) -> &'a mut Vec<Item> {
    open.last_mut().map_or(root, |group| &mut group.items)
}

fn opens(cursor: &mut Cursor, root: &mut Vec<Item>, open: &mut Vec<Group>, group: Group) {
    if let Some(count) = closes_down_to(&group.name, open.iter().map(|g| g.name.as_str())) {
        unclosed(cursor, &open[count], Some(&group));
        close(root, open, count);
    }
    if open.len() < DEEPEST {
        open.push(group);
        return;
    }
    cursor.fault(
        group.at,
        format!("`{}` lies deeper than {DEEPEST} groups", group.name),
        format!("{DEEPEST} levels at most"),
    );
    skip_group(cursor);
}

/// Skips the rest of a group, including its inner groups.
fn skip_group(cursor: &mut Cursor) {
    let mut depth = 1usize;
    let rest = &cursor.text.as_bytes()[cursor.at..];
    let end = rest.iter().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    cursor.at += end.map_or(rest.len(), |end| end + 1);
}

fn unclosed(cursor: &mut Cursor, group: &Group, before: Option<&Group>) {
    let name = |group: &Group| match group.argument() {
        "" => format!("`{}`", group.name),
        argument => format!("`{} ({argument})`", group.name),
    };
    let found = format!("the group {} that begins here does not end", name(group));
    let expected = match before {
        Some(next) => format!("`}}` before {} begins", name(next)),
        None => "`}` before the file ends".to_owned(),
    };
    cursor.fault(group.at, found, expected);
}

/// Closes open groups until `count` of them remain.
fn close(root: &mut Vec<Item>, open: &mut Vec<Group>, count: usize) {
    while open.len() > count
        && let Some(group) = open.pop()
    {
        current(root, open).push(Item::Group(group));
    }
}
