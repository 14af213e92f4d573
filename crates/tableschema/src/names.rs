//! Enumerations whose variants have stable names: those of reports and of identifiers.

/// Declares an enumeration of names: its variants in order (`ALL`), each with the name that it is serialised as (`name`).
macro_rules! names {
    ($(#[$about:meta])* $vis:vis enum $enumeration:ident {
        $($(#[$doc:meta])* $variant:ident = $name:literal,)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        $vis enum $enumeration {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl $enumeration {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

pub(crate) use names;
