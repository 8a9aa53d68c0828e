//! Both ends of a conversation: scripts that are said line by line, and a learner who listens before they answer.

use std::cell::RefCell;
use std::io::{self, BufRead, Read, Write};
use std::rc::Rc;

use chrono::FixedOffset;
use countersign::author::preview::Workshop;
use countersign::config::Config;
use countersign::plain::{Ended, Farewell, PlainError, PreviewStart, Start, Width, preview, run};
use countersign::training::Edition;

use crate::world::{MadeUp, Shelf};

/// Says `script` from where the world's learner left off; gives what was heard, with every typed line behind `> `.
pub(crate) fn talk(world: &mut MadeUp, width: usize, script: &[&str]) -> (String, Result<Ended, PlainError>) {
    let mut lines = script.iter().map(ToString::to_string).collect::<Vec<_>>().into_iter();
    listen(world, width, move |_| lines.next())
}

/// What was said to each line of a script, in lines of a thousand cells.
pub(crate) fn heard(world: &mut MadeUp, script: &[&str]) -> Vec<String> {
    let (said, ended) = talk(world, 1000, script);
    assert!(ended.is_ok(), "{ended:?}\n{said}");
    parts(&said)
}

/// What was heard behind each typed line.
pub(crate) fn parts(said: &str) -> Vec<String> {
    let parts = said.split("\n> ").skip(1);
    parts.map(|part| part.split_once('\n').map_or("", |(_, said)| said).trim().to_owned()).collect()
}

/// Lets `answer` hear everything said so far whenever a line is waited for; `None` ends the input.
pub(crate) fn listen(
    world: &mut MadeUp,
    width: usize,
    answer: impl FnMut(&str) -> Option<String>,
) -> (String, Result<Ended, PlainError>) {
    listen_in(world, Width::fixed(width, || None), answer)
}

/// The same in a terminal whose columns may change.
pub(crate) fn listen_in(
    world: &mut MadeUp,
    width: Width,
    answer: impl FnMut(&str) -> Option<String>,
) -> (String, Result<Ended, PlainError>) {
    let said = Rc::new(RefCell::new(Vec::new()));
    let mut output = Mouth(Rc::clone(&said));
    let mut input = Ear { said: Rc::clone(&said), answer, line: Vec::new() };
    let course = world.course.clone();
    let zone = FixedOffset::east_opt(0).expect("UTC").into();
    let config = Config::default();
    let training = world.training();
    let start = Start {
        training,
        course,
        expected: None,
        notices: Vec::new(),
        zone,
        config,
        width,
        other_face: None,
        farewell: Farewell::default(),
    };
    let mut shelf = world.shelf.clone();
    let ended = run(&mut input, &mut output, world, &mut shelf, start);
    let said = String::from_utf8(said.borrow().clone()).expect("UTF-8");
    (said, ended)
}

/// Lets `answer` hear a preview that begins with `edition`, as [`listen`] does.
pub(crate) fn listen_to_preview(
    world: &mut Workshop<'_>,
    width: usize,
    edition: Edition,
    answer: impl FnMut(&str) -> Option<String>,
) -> String {
    let said = Rc::new(RefCell::new(Vec::new()));
    let mut output = Mouth(Rc::clone(&said));
    let mut input = Ear { said: Rc::clone(&said), answer, line: Vec::new() };
    let zone = FixedOffset::east_opt(0).expect("UTC").into();
    let start = PreviewStart {
        learner: world.learner(),
        edition,
        zone,
        config: Config::default(),
        width: Width::fixed(width, || None),
    };
    preview(&mut input, &mut output, world, &mut Shelf::default(), start).expect("a conversation");
    String::from_utf8(said.borrow().clone()).expect("UTF-8")
}

struct Mouth(Rc<RefCell<Vec<u8>>>);

impl Write for Mouth {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Ear<F> {
    said: Rc<RefCell<Vec<u8>>>,
    answer: F,
    line: Vec<u8>,
}

impl<F: FnMut(&str) -> Option<String>> BufRead for Ear<F> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.line.is_empty() {
            let said = String::from_utf8_lossy(&self.said.borrow()).into_owned();
            let typed = said.lines().filter(|line| line.starts_with('>')).count();
            assert!(typed < 1000, "the conversation goes in circles:\n{}", &said[said.len() - 2000..]);
            if let Some(line) = (self.answer)(&said) {
                self.said.borrow_mut().extend_from_slice(format!("> {line}\n").as_bytes());
                self.line = format!("{line}\n").into_bytes();
            }
        }
        Ok(&self.line)
    }

    fn consume(&mut self, count: usize) {
        self.line.drain(..count);
    }
}

impl<F: FnMut(&str) -> Option<String>> Read for Ear<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}
