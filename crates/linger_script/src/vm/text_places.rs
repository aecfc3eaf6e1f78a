//! Where the characters of long texts begin that are not ASCII: noted for the texts that were asked about last, so that going through
//! such a text by index does not count from its front each time.

use linger_heap::{Ref, Value};

use crate::objects::Str;

/// Shorter texts are counted through.
const SHORT_BYTES: usize = 128;

/// The place of every so many characters is noted.
const STEP: usize = 32;

/// Texts of which places are noted.
const TEXTS: usize = 4;

/// A text, and the byte at which each `STEP`th of its characters begins.
struct Noted {
    text: Ref<Str>,
    places: Vec<u32>,
}

/// What is noted of the last few texts.
#[derive(Default)]
pub(crate) struct TextPlaces {
    texts: Vec<Noted>,
    /// The text to be forgotten next.
    oldest: usize,
}

impl TextPlaces {
    /// The byte at which a character begins; the text's end where it has fewer.
    pub fn offset(&mut self, text: &Ref<Str>, index: usize) -> usize {
        let body: &str = &text.text;
        if text.is_ascii() {
            return index.min(body.len());
        }
        if index >= text.chars() {
            return body.len();
        }
        let (from, beyond) = match body.len() {
            ..=SHORT_BYTES => (0, index),
            _ => (self.noted(text).places[index / STEP] as usize, index % STEP),
        };
        body[from..].char_indices().nth(beyond).map_or(body.len(), |(at, _)| from + at)
    }

    /// The characters from one to before another.
    pub fn part<'a>(&mut self, text: &'a Ref<Str>, start: usize, end: usize) -> &'a str {
        let (start, end) = (self.offset(text, start), self.offset(text, end));
        text.text.get(start..end).unwrap_or_default()
    }

    fn noted(&mut self, text: &Ref<Str>) -> &Noted {
        if let Some(known) = self.texts.iter().position(|noted| noted.text.is(text)) {
            return &self.texts[known];
        }
        let starts = text.text.char_indices().step_by(STEP);
        let noted = Noted { text: text.clone(), places: starts.map(|(at, _)| at as u32).collect() };
        if self.texts.len() < TEXTS {
            self.texts.push(noted);
            return &self.texts[self.texts.len() - 1];
        }
        self.oldest = (self.oldest + 1) % TEXTS;
        self.texts[self.oldest] = noted;
        &self.texts[self.oldest]
    }

    /// Shows the texts, which are kept meanwhile.
    pub fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.texts.iter().for_each(|noted| noted.text.with_value(&mut *visit));
    }
}
