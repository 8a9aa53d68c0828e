//! Settings that a face can change, each with the values that it can have.

use super::Config;

/// Makes an enumeration out of the words that stand in the file and what they mean.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $word:literal $said:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = $said] $variant,)*
        }

        impl $name {
            /// Every one there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// All words.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// The word in the file.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What it means.
            #[must_use]
            pub const fn said(self) -> &'static str {
                match self { $(Self::$variant => $said,)* }
            }

            /// The one that `word` stands for.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// The colours.
    ThemeName {
        Terminal "terminal" "the sixteen colours of the terminal";
        Light "light" "dark on light";
        Dark "dark" "light on dark";
        HighContrast "high-contrast" "as clear as can be, on black";
        ColourBlind "colour-blind" "colours that everybody can tell apart";
    }
}

words! {
    /// The face that a course opens in.
    Face {
        FullScreen "full-screen" "fills the terminal";
        Linear "linear" "line by line, for screen readers and braille";
    }
}

words! {
    /// Whose the mouse is.
    Mouse {
        On "on" "clicks and turns the wheel here";
        Off "off" "stays the terminal's, for selecting text";
    }
}

words! {
    /// How pictures are shown.
    Pictures {
        Auto "auto" "as well as the terminal can";
        Kitty "kitty" "by the protocol of kitty";
        Sixel "sixel" "as sixels";
        Iterm2 "iterm2" "by the protocol of iTerm2";
        Blocks "blocks" "as coloured half blocks";
        None "none" "by their description alone";
    }
}

words! {
    /// Who puts right-to-left text into the order in which it is seen.
    Bidi {
        Auto "auto" "put into order here, unless this terminal does it";
        App "app" "always put into order here";
        Terminal "terminal" "left to the terminal";
    }
}

words! {
    /// Whether the cursor may blink; nothing else moves by itself.
    Motion {
        Terminal "terminal" "the cursor blinks or stands still, as the terminal has it";
        Still "still" "the cursor does not blink, and nothing else moves by itself";
    }
}

words! {
    /// Whether the linear face says where in a text a note, such as a source, is referred to.
    NoteSigns {
        On "on" "said where they stand, line by line, such as: note F002";
        Off "off" "left out line by line; sources is typed to hear them";
    }
}

/// A setting that a face can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// The colours.
    Theme,
    /// The widest line of running text.
    TextWidth,
    /// What stays free beside it.
    Margin,
    /// Whose the mouse is.
    Mouse,
    /// How pictures are shown.
    Pictures,
    /// Right-to-left text.
    Bidi,
    /// Whether the cursor may blink.
    Motion,
    /// The face.
    Face,
    /// The lines of a page of the linear face.
    PageLines,
    /// The columns of a line of the linear face.
    LineWidth,
    /// The signs of notes in the linear face.
    NoteSigns,
}

/// So many lines a page of the linear face can have.
pub const MOST_LINES: u16 = 1000;

/// What values a setting can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number.
    Number {
        /// At least.
        least: u16,
        /// At most.
        most: u16,
        /// How far one key goes.
        step: u16,
    },
}

/// Which way a value changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the next word, or up.
    On,
    /// To the word before, or down.
    Back,
}

impl Setting {
    /// Every one there is, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::Theme,
        Self::TextWidth,
        Self::Margin,
        Self::Mouse,
        Self::Pictures,
        Self::Bidi,
        Self::Motion,
        Self::Face,
        Self::PageLines,
        Self::LineWidth,
        Self::NoteSigns,
    ];

    /// The name of its field.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::TextWidth => "text_width",
            Self::Margin => "margin",
            Self::Mouse => "mouse",
            Self::Pictures => "pictures",
            Self::Bidi => "bidi",
            Self::Motion => "motion",
            Self::Face => "face",
            Self::PageLines => "page_lines",
            Self::LineWidth => "line_width",
            Self::NoteSigns => "note_signs",
        }
    }

    /// What it is called where people choose.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Theme => "colours",
            Self::TextWidth => "text width",
            Self::Margin => "margin",
            Self::Mouse => "mouse",
            Self::Pictures => "pictures",
            Self::Bidi => "right-to-left",
            Self::Motion => "motion",
            Self::Face => "opens",
            Self::PageLines => "lines a page",
            Self::LineWidth => "line width",
            Self::NoteSigns => "note signs",
        }
    }

    /// What values it can have.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Theme => Kind::OneOf(ThemeName::WORDS),
            Self::TextWidth => Kind::Number { least: 20, most: 400, step: 5 },
            Self::Margin => Kind::Number { least: 0, most: 40, step: 1 },
            Self::Mouse => Kind::OneOf(Mouse::WORDS),
            Self::Pictures => Kind::OneOf(Pictures::WORDS),
            Self::Bidi => Kind::OneOf(Bidi::WORDS),
            Self::Motion => Kind::OneOf(Motion::WORDS),
            Self::Face => Kind::OneOf(Face::WORDS),
            Self::PageLines => Kind::Number { least: 1, most: MOST_LINES, step: 5 },
            Self::LineWidth => Kind::Number { least: 10, most: 1000, step: 4 },
            Self::NoteSigns => Kind::OneOf(NoteSigns::WORDS),
        }
    }

    /// Its value as it stands in the file, a word without quotation marks.
    #[must_use]
    pub fn value(self, config: &Config) -> String {
        match self {
            Self::Theme => config.theme.word().to_owned(),
            Self::TextWidth => config.text_width.to_string(),
            Self::Margin => config.margin.to_string(),
            Self::Mouse => config.mouse.word().to_owned(),
            Self::Pictures => config.pictures.word().to_owned(),
            Self::Bidi => config.bidi.word().to_owned(),
            Self::Motion => config.motion.word().to_owned(),
            Self::Face => config.face.word().to_owned(),
            Self::PageLines => config.page_lines.to_string(),
            Self::LineWidth => config.line_width.to_string(),
            Self::NoteSigns => config.note_signs.word().to_owned(),
        }
    }

    /// What its value means, for people.
    #[must_use]
    pub fn said(self, config: &Config) -> &'static str {
        match self {
            Self::Theme => config.theme.said(),
            Self::TextWidth => "columns at most",
            Self::Margin => "columns on either side at least",
            Self::Mouse => config.mouse.said(),
            Self::Pictures => config.pictures.said(),
            Self::Bidi => config.bidi.said(),
            Self::Motion => config.motion.said(),
            Self::Face => config.face.said(),
            Self::PageLines => "when it is read line by line",
            Self::LineWidth => "columns at most, line by line",
            Self::NoteSigns => config.note_signs.said(),
        }
    }

    /// Takes `value` over, as it stands in the file; `false` when it is none of [`Self::kind`], and nothing changes.
    pub fn set(self, config: &mut Config, value: &str) -> bool {
        fn put<T>(place: &mut T, value: Option<T>) -> bool {
            let known = value.is_some();
            if let Some(value) = value {
                *place = value;
            }
            known
        }
        let number = || {
            let Kind::Number { least, most, .. } = self.kind() else { return None };
            value.parse().ok().filter(|number| (least..=most).contains(number))
        };
        match self {
            Self::Theme => put(&mut config.theme, ThemeName::named(value)),
            Self::TextWidth => put(&mut config.text_width, number()),
            Self::Margin => put(&mut config.margin, number()),
            Self::Mouse => put(&mut config.mouse, Mouse::named(value)),
            Self::Pictures => put(&mut config.pictures, Pictures::named(value)),
            Self::Bidi => put(&mut config.bidi, Bidi::named(value)),
            Self::Motion => put(&mut config.motion, Motion::named(value)),
            Self::Face => put(&mut config.face, Face::named(value)),
            Self::PageLines => put(&mut config.page_lines, number()),
            Self::LineWidth => put(&mut config.line_width, number()),
            Self::NoteSigns => put(&mut config.note_signs, NoteSigns::named(value)),
        }
    }

    /// Goes to the next value. Words go round; numbers stop at their ends.
    pub fn step(self, config: &mut Config, way: Way) {
        let value = self.value(config);
        let next = match self.kind() {
            Kind::OneOf(words) => {
                let at = words.iter().position(|word| *word == value).unwrap_or(0);
                let next = match way {
                    Way::On => at + 1,
                    Way::Back => at + words.len() - 1,
                };
                words[next % words.len()].to_owned()
            }
            Kind::Number { least, most, step } => {
                let number: u16 = value.parse().unwrap_or(least);
                // From any number to the next round one.
                let next = match way {
                    Way::On => (number / step + 1).saturating_mul(step),
                    Way::Back => number.saturating_sub(1) / step * step,
                };
                next.clamp(least, most).to_string()
            }
        };
        self.set(config, &next);
    }

    /// Its value in RON.
    #[must_use]
    pub(super) fn ron(self, config: &Config) -> String {
        match self.kind() {
            Kind::OneOf(_) => format!("\"{}\"", self.value(config)),
            Kind::Number { .. } => self.value(config),
        }
    }
}
