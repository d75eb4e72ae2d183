//! Names of enumeration members, used on the command line and in results.

/// An enumeration whose members have names.
pub trait Word: Copy + Send + Sync + 'static {
    /// Every member, in the order of the documentation.
    const ALL: &'static [Self];

    /// The name of a member.
    fn word(self) -> &'static str;
}

/// Implements [`Word`] for enumerations.
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
