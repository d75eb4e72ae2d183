//! Which keys a step may have.

use super::reader::{Reader, Section};

pub(crate) fn keys<'a>(reader: &mut Reader<'a>, section: &Section<'a>, own: &[&str]) {
    let mut valid = vec!["type", "name"];
    valid.extend(own);
    for (key, _) in section.table {
        if !valid.contains(&key.get_ref().as_ref()) {
            reader.not_one_of(key.span(), "key of this step", key.get_ref(), &valid);
        }
    }
}
