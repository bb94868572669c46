//! The format of event streams, as the HTML standard has it: bytes in, events out. Touches nothing.
//!
//! Written here because the crate at hand panics on a byte order mark and reads a long event anew with every packet.

use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// `message` where the server gives none.
    pub(crate) name: String,
    pub(crate) data: String,
    /// The latest id of the stream up to here; empty before the first.
    pub(crate) id: String,
    pub(crate) retry: Option<Duration>,
}

/// Reads a stream in packets that may end anywhere.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// The line that has begun.
    line: Vec<u8>,
    /// The last byte ended a line as CR, so that an LF next belongs to it.
    after_cr: bool,
    /// The first line, which may have a byte order mark, is over.
    begun: bool,
    name: String,
    /// Each line of data and a line feed behind it.
    data: String,
    id: String,
    retry: Option<Duration>,
    /// The id of the last event that is complete, with or without data: a reconnect goes on behind it.
    last_id: String,
    /// The wait before a reconnect that the server has asked for last.
    wait: Option<Duration>,
}

impl Reader {
    /// A reader of the same stream on a new connection: what had begun of an event is gone with the old one.
    pub(crate) fn again(&self) -> Self {
        let last_id = self.last_id.clone();
        Self { id: last_id.clone(), last_id, wait: self.wait, ..Self::default() }
    }

    /// The id of the last complete event; empty where there is none.
    pub(crate) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// The wait before a reconnect that the server has asked for last.
    pub(crate) fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// Reads the next bytes; the events that they complete go to the end of the queue.
    pub(crate) fn read(&mut self, mut bytes: &[u8], events: &mut VecDeque<Event>) {
        if mem::take(&mut self.after_cr) {
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
        }
        while let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            self.line.extend_from_slice(&bytes[..end]);
            let rest = &bytes[end + 1..];
            bytes = match (bytes[end], rest.strip_prefix(b"\n")) {
                (b'\r', Some(rest)) => rest,
                (b'\r', None) => {
                    self.after_cr = rest.is_empty();
                    rest
                }
                _ => rest,
            };
            let mut line = mem::take(&mut self.line);
            events.extend(self.end_line(&line));
            line.clear();
            self.line = line;
        }
        self.line.extend_from_slice(bytes);
    }

    /// How many bytes of an event that is not complete are held.
    pub(crate) fn held(&self) -> usize {
        self.line.len() + self.data.len()
    }

    fn end_line(&mut self, mut line: &[u8]) -> Option<Event> {
        if !mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        if line.is_empty() {
            return self.end_event();
        }
        let text = String::from_utf8_lossy(line);
        let (field, value) = text.split_once(':').unwrap_or((&text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => self.data.extend([value, "\n"]),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
                self.wait = self.retry.or(self.wait);
            }
            // A comment has no name; other fields have no meaning.
            _ => {}
        }
        None
    }

    fn end_event(&mut self) -> Option<Event> {
        let (name, mut data) = (mem::take(&mut self.name), mem::take(&mut self.data));
        self.last_id.clone_from(&self.id);
        // The standard has no event without data.
        data.pop()?;
        let name = if name.is_empty() { "message".to_owned() } else { name };
        Some(Event { name, data, id: self.id.clone(), retry: self.retry.take() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Reader};
    use std::collections::VecDeque;
    use std::time::Duration;

    fn read(packets: &[&[u8]]) -> Vec<Event> {
        let (mut reader, mut events) = (Reader::default(), VecDeque::new());
        for packet in packets {
            reader.read(packet, &mut events);
        }
        events.into()
    }

    /// The events of a text, which must not depend on where packets end.
    #[track_caller]
    fn events(text: &str) -> Vec<Event> {
        let whole = read(&[text.as_bytes()]);
        for at in 0..=text.len() {
            let (a, b) = text.as_bytes().split_at(at);
            assert_eq!(read(&[a, b]), whole, "cut at {at}");
        }
        assert_eq!(read(&text.as_bytes().chunks(1).collect::<Vec<_>>()), whole);
        whole
    }

    fn event(name: &str, data: &str, id: &str) -> Event {
        Event { name: name.to_owned(), data: data.to_owned(), id: id.to_owned(), retry: None }
    }

    #[test]
    fn fields_make_events() {
        assert_eq!(events("event: add\nid: 1\ndata: x\n\n"), [event("add", "x", "1")]);
        assert_eq!(events("data: a\ndata:b\ndata\ndata:  c\n\n"), [event("message", "a\nb\n\n c", "")]);
        assert_eq!(events("data:\n\n"), [event("message", "", "")]);
        assert_eq!(events(": comment\nother: x\ndata: {\"a\":1}\n\n"), [event("message", "{\"a\":1}", "")]);
        assert_eq!(events("event: lost\n\ndata: x\n\n"), [event("message", "x", "")]);
        assert_eq!(events("retry: 5\nretry: 6x\ndata: x\n\n")[0].retry, Some(Duration::from_millis(5)));
    }

    #[test]
    fn lines_end_in_three_ways() {
        let expected = [event("message", "a\nb", ""), event("message", "c", "")];
        assert_eq!(events("data: a\ndata: b\n\ndata: c\n\n"), expected);
        assert_eq!(events("data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n"), expected);
        assert_eq!(events("data: a\rdata: b\r\rdata: c\r\r"), expected);
        assert_eq!(events("data: a\r\ndata: b\n\r\ndata: c\r\r\n"), expected);
    }

    #[test]
    fn ids_last() {
        assert_eq!(
            events("id: 1\ndata: a\n\ndata: b\n\nid: x\0y\ndata: c\n\nid\ndata: d\n\n"),
            [
                event("message", "a", "1"),
                event("message", "b", "1"),
                event("message", "c", "1"),
                event("message", "d", "")
            ]
        );
    }

    #[test]
    fn a_reconnect_goes_on_behind_what_is_complete() {
        let (mut reader, mut events) = (Reader::default(), VecDeque::new());
        reader.read(b"retry: 5\n\nid: 1\n\nid: 2\nretry: 7\ndata: half", &mut events);
        assert_eq!((reader.last_id(), reader.wait()), ("1", Some(Duration::from_millis(7))), "no event is needed");
        let mut reader = reader.again();
        reader.read(b"data: whole\n\n", &mut events);
        assert_eq!(events, [event("message", "whole", "1")], "half an event is gone, its id too");
        assert_eq!(reader.wait(), Some(Duration::from_millis(7)));
        reader.read(b"id\ndata: x\n\n", &mut events);
        assert_eq!(reader.last_id(), "", "the server has taken it back");
    }

    #[test]
    fn odd_bytes_are_no_trouble() {
        assert_eq!(events("\u{feff}data: é😀\n\n"), [event("message", "é😀", "")]);
        assert_eq!(events("\u{feff}\u{feff}data: x\n\ndata: y\n\n"), [event("message", "y", "")]);
        assert_eq!(read(&[b"data: \xff\n\n"]), [event("message", "\u{fffd}", "")]);
        assert_eq!(events("data: cut off\n"), []);
        assert_eq!(events(""), []);
    }
}
