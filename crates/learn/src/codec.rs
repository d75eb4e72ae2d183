//! Little-endian bytes, with lengths that are checked before anything is read.

use crate::LearnError;

/// Collects bytes.
#[derive(Default)]
pub struct Writer {
    pub bytes: Vec<u8>,
}

impl Writer {
    pub fn u16(&mut self, value: u16) {
        self.bytes.extend(value.to_le_bytes());
    }

    pub fn u32(&mut self, value: usize) {
        // No part of a model comes near four thousand million items.
        self.bytes.extend((value as u32).to_le_bytes());
    }

    pub fn f32(&mut self, value: f32) {
        self.bytes.extend(value.to_le_bytes());
    }

    pub fn f64(&mut self, value: f64) {
        self.bytes.extend(value.to_le_bytes());
    }

    pub fn f32s(&mut self, values: &[f32]) {
        self.u32(values.len());
        values.iter().for_each(|v| self.f32(*v));
    }

    pub fn f64s(&mut self, values: &[f64]) {
        self.u32(values.len());
        values.iter().for_each(|v| self.f64(*v));
    }

    pub fn text(&mut self, value: &str) {
        self.u32(value.len());
        self.bytes.extend(value.as_bytes());
    }

    pub fn list<T>(&mut self, items: &[T], mut one: impl FnMut(&mut Self, &T)) {
        self.u32(items.len());
        items.iter().for_each(|item| one(self, item));
    }

    pub fn option<T>(&mut self, item: Option<&T>, one: impl FnOnce(&mut Self, &T)) {
        self.u16(u16::from(item.is_some()));
        if let Some(item) = item {
            one(self, item);
        }
    }
}

/// Reads numbers from bytes.
pub struct Reader<'a> {
    left: &'a [u8],
}

type Read<T> = Result<T, LearnError>;

pub fn damaged<T>(what: impl Into<String>) -> Read<T> {
    Err(LearnError::Damaged(what.into()))
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { left: bytes }
    }

    pub fn take(&mut self, n: usize) -> Read<&'a [u8]> {
        let Some((taken, left)) = self.left.split_at_checked(n) else {
            return damaged("it ends too early");
        };
        self.left = left;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        let mut bytes = [0; N];
        bytes.copy_from_slice(self.take(N)?);
        Ok(bytes)
    }

    pub fn u16(&mut self) -> Read<u16> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    /// A count of items of at least `size` bytes each; refused if fewer bytes remain.
    pub fn count(&mut self, size: usize) -> Read<usize> {
        let n = u32::from_le_bytes(self.array()?) as usize;
        if n.checked_mul(size.max(1)).is_none_or(|bytes| bytes > self.left.len()) {
            return damaged("a length goes beyond its end");
        }
        Ok(n)
    }

    pub fn f32(&mut self) -> Read<f32> {
        Ok(f32::from_le_bytes(self.array()?))
    }

    /// A number that may be infinite but not NaN.
    pub fn f64(&mut self) -> Read<f64> {
        let value = f64::from_le_bytes(self.array()?);
        if value.is_nan() { damaged("a value is not a number") } else { Ok(value) }
    }

    pub fn finite(&mut self) -> Read<f64> {
        let value = self.f64()?;
        if value.is_finite() { Ok(value) } else { damaged("a value is infinite") }
    }

    pub fn f32s(&mut self) -> Read<Vec<f32>> {
        let n = self.count(4)?;
        let values: Vec<f32> = (0..n).map(|_| self.f32()).collect::<Read<_>>()?;
        if values.iter().all(|v| v.is_finite()) {
            Ok(values)
        } else {
            damaged("a weight is not finite")
        }
    }

    pub fn finites(&mut self, expected: usize, what: &str) -> Read<Vec<f64>> {
        let n = self.count(8)?;
        if n != expected {
            return damaged(format!("{what}: expected {expected} values, found {n}"));
        }
        (0..n).map(|_| self.finite()).collect()
    }

    pub fn text(&mut self) -> Read<String> {
        let n = self.count(1)?;
        match std::str::from_utf8(self.take(n)?) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => damaged("a name is not UTF-8"),
        }
    }

    pub fn list<T>(&mut self, size: usize, one: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let n = self.count(size)?;
        let mut one = one;
        (0..n).map(|_| one(self)).collect()
    }

    pub fn option<T>(&mut self, one: impl FnOnce(&mut Self) -> Read<T>) -> Read<Option<T>> {
        match self.u16()? {
            0 => Ok(None),
            1 => one(self).map(Some),
            _ => damaged("a mark is neither yes nor no"),
        }
    }

    pub fn end(&self) -> Read<()> {
        if self.left.is_empty() { Ok(()) } else { damaged("something follows its end") }
    }
}
