//! Words of enumerations: what the command line takes, and what results print.

/// An enumeration each of whose members has a word.
pub trait Word: Copy + Send + Sync + 'static {
    /// Every member, in the order of the documentation.
    const ALL: &'static [Self];

    /// The word of a member.
    fn word(self) -> &'static str;
}

/// Gives the members of enumerations their words.
macro_rules! words {
    ($($name:ty { $($variant:ident = $word:literal),+ $(,)? })+) => { $(
        impl $crate::words::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    )+ };
}
pub(crate) use words;
