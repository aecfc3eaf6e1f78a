//! Texts that are put together piece by piece: in one buffer, which is kept from one text to the next, so that a short text costs no
//! allocation but that of its object.

use linger_heap::Value;

use super::Vm;

/// The largest buffer that is kept from one text to the next.
const KEPT_BYTES: usize = 1 << 12;

impl Vm {
    /// An empty buffer to build a text in, for [`Vm::keep_text`]. Whoever builds one meanwhile gets another.
    #[inline]
    pub(crate) fn take_text_buffer(&mut self) -> String {
        let mut buffer = std::mem::take(&mut self.text_buffer);
        buffer.clear();
        buffer
    }

    /// A string of the text in a buffer, which is kept for the next.
    #[inline]
    pub(crate) fn keep_text(&mut self, buffer: String) -> Value {
        if buffer.capacity() > KEPT_BYTES {
            return self.string(buffer);
        }
        let text = self.str(&buffer);
        self.text_buffer = buffer;
        text
    }

    /// The string that `write` appends to what it is given.
    #[inline]
    pub(crate) fn written(&mut self, write: impl FnOnce(&mut String)) -> Value {
        let mut buffer = self.take_text_buffer();
        write(&mut buffer);
        self.keep_text(buffer)
    }
}
