use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

use image::ImageFormat;

use super::*;
use crate::tui::pictures::decode::tests::file;
use crate::tui::pictures::{Colours, Tmux};

const SMALL: Cells = Cells { columns: 4, rows: 2 };
const LARGE: Cells = Cells { columns: 8, rows: 4 };

/// A gallery whose files wait for `go` before they are unpacked, and who is told what.
struct Slow {
    gallery: Gallery,
    rung: Receiver<()>,
    go: Sender<()>,
    unpacked: Arc<AtomicUsize>,
}

impl Slow {
    fn new(unpack: impl Fn(&[u8]) -> Result<Source, Unshown> + Send + Sync + 'static) -> Self {
        Self::patient(PATIENCE * 10, unpack)
    }

    fn patient(
        patience: Duration,
        unpack: impl Fn(&[u8]) -> Result<Source, Unshown> + Send + Sync + 'static,
    ) -> Self {
        let (tell, news) = channel();
        let (go, wait) = channel();
        let (tell, wait) = (Mutex::new(tell), Mutex::new(wait));
        let unpacked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&unpacked);
        let unpack = move |bytes: &[u8]| {
            let _ = wait.lock().expect("one thread").recv_timeout(PATIENCE);
            count.fetch_add(1, Ordering::SeqCst);
            unpack(bytes)
        };
        let manner = Manner { protocol: Protocol::Blocks(Colours::All), tmux: Tmux::Absent };
        let ring = move || {
            let _ = tell.lock().expect("one thread").send(());
        };
        let cell = || Some(Pixels { width: 8, height: 16 });
        let gallery = Gallery::with(manner, Shelf::default(), cell, ring, Box::new(unpack), patience);
        Self { gallery, rung: news, go, unpacked }
    }

    fn good() -> Self {
        Self::new(|bytes| decode(bytes, &Fonts::default()))
    }

    fn let_go(&self, pictures: usize) {
        for _ in 0..pictures {
            let _ = self.go.send(());
        }
    }

    fn wait(&self) {
        self.rung.recv_timeout(PATIENCE).expect("a picture comes");
    }
}

fn held(number: usize) -> Held {
    let bytes = file(ImageFormat::Png, 10 + u32::try_from(number).expect("a few"), 10);
    let files = Arc::new(CourseFiles::from([("assets/a.png".to_owned(), bytes)]));
    Held { files, path: "assets/a.png".into() }
}

fn is_coming(seen: &Seen) -> bool {
    matches!(seen, Seen::Coming)
}

#[test]
fn a_slow_picture_makes_nobody_wait_and_comes_when_it_is_there() {
    let slow = Slow::good();
    let begun = Instant::now();
    for _ in 0..1_000 {
        assert!(is_coming(&slow.gallery.see(&held(0), SMALL)));
    }
    assert!(!slow.gallery.take_news());
    assert!(begun.elapsed() < PATIENCE / 2, "it was not waited for");
    slow.let_go(1);
    slow.wait();
    assert!(slow.gallery.take_news());
    assert!(!slow.gallery.take_news(), "news is told once");
    assert!(matches!(slow.gallery.see(&held(0), SMALL), Seen::Drawn(_)));
    assert_eq!(slow.unpacked.load(Ordering::SeqCst), 1, "a thousand frames ask for it once");
}

#[test]
fn it_is_unpacked_once_and_drawn_for_each_size() {
    let slow = Slow::good();
    slow.let_go(4);
    for cells in [SMALL, LARGE] {
        assert!(is_coming(&slow.gallery.see(&held(0), cells)));
        slow.wait();
    }
    let of = |cells| match slow.gallery.see(&held(0), cells) {
        Seen::Drawn(drawn) => drawn,
        other => panic!("{other:?}"),
    };
    assert!(Arc::ptr_eq(&of(SMALL), &of(SMALL)));
    assert!(!Arc::ptr_eq(&of(SMALL), &of(LARGE)));
    assert_eq!(slow.unpacked.load(Ordering::SeqCst), 1);
    slow.gallery.forget();
    assert!(is_coming(&slow.gallery.see(&held(0), SMALL)), "the terminal has lost it");
}

#[test]
fn what_was_seen_last_comes_first_and_old_wishes_are_given_up() {
    let slow = Slow::good();
    slow.gallery.see(&held(0), SMALL);
    // The thread may have taken the first one by now.
    for number in 1..=WAITING + 3 {
        slow.gallery.see(&held(number), SMALL);
    }
    assert!(slow.gallery.0.0.lock().jobs.len() <= WAITING);
    slow.let_go(WAITING + 5);
    slow.wait();
    slow.wait();
    let last = held(WAITING + 3);
    assert!(matches!(slow.gallery.see(&last, SMALL), Seen::Drawn(_)));
    // One that was given up is asked for again.
    assert!(is_coming(&slow.gallery.see(&held(1), SMALL)));
}

#[test]
fn a_decoder_that_breaks_costs_the_picture_alone() {
    let slow = Slow::new(|bytes| match bytes.len() % 2 {
        _ if bytes.starts_with(b"bad") => panic!("made to break"),
        _ => decode(bytes, &Fonts::default()),
    });
    slow.let_go(3);
    let bad =
        Held { files: Arc::new(CourseFiles::from([("a".to_owned(), b"bad".to_vec())])), path: "a".into() };
    assert!(is_coming(&slow.gallery.see(&bad, SMALL)));
    slow.wait();
    assert!(matches!(slow.gallery.see(&bad, SMALL), Seen::Unshown(Unshown::Broken)));
    assert!(is_coming(&slow.gallery.see(&held(0), SMALL)));
    slow.wait();
    assert!(matches!(slow.gallery.see(&held(0), SMALL), Seen::Drawn(_)));
    let gone = Held { path: "b".into(), ..bad };
    assert!(is_coming(&slow.gallery.see(&gone, SMALL)));
    slow.wait();
    assert!(matches!(slow.gallery.see(&gone, SMALL), Seen::Unshown(Unshown::Missing)));
}

#[test]
fn nobody_waits_for_the_thread_when_the_face_ends() {
    let slow = Slow::good();
    slow.gallery.see(&held(0), SMALL);
    let begun = Instant::now();
    let shared = Arc::downgrade(&slow.gallery.0.0);
    drop(slow.gallery);
    assert!(begun.elapsed() < PATIENCE / 2);
    drop(slow.go);
    while shared.strong_count() > 0 {
        assert!(begun.elapsed() < PATIENCE, "the thread ends by itself");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_memory_for_pictures_has_a_bound() {
    let slow = Slow::good();
    for number in 0..KEPT + 8 {
        slow.let_go(1);
        slow.gallery.begin_frame();
        slow.gallery.see(&held(number), SMALL);
        slow.wait();
    }
    let state = slow.gallery.0.0.lock();
    assert!(
        state.used.len() <= KEPT && state.slots.len() <= KEPT,
        "{} {}",
        state.used.len(),
        state.slots.len()
    );
}

#[test]
fn larger_letters_make_pictures_anew() {
    let size = Arc::new(AtomicUsize::new(8));
    let now = Arc::clone(&size);
    let measure = move || {
        let width = u32::try_from(now.load(Ordering::SeqCst)).ok()?;
        Some(Pixels { width, height: 2 * width })
    };
    let manner = Manner { protocol: Protocol::Kitty, tmux: Tmux::Absent };
    let gallery = Gallery::new(manner, Shelf::default(), measure, || ());
    assert_eq!(gallery.cell(), Pixels { width: 8, height: 16 });
    size.store(12, Ordering::SeqCst);
    assert_eq!(gallery.cell(), Pixels { width: 8, height: 16 }, "nothing happens between two sizes");
    gallery.measure();
    assert_eq!(gallery.cell(), Pixels { width: 12, height: 24 });
}

#[test]
fn another_edition_makes_anew_what_is_new_in_it() {
    let slow = Slow::good();
    slow.let_go(4);
    let picture = |width| file(ImageFormat::Png, width, 10);
    let edition = |first: u32, second: u32| {
        let files = [("a.png".to_owned(), picture(first)), ("b.png".to_owned(), picture(second))];
        let files = Arc::new(CourseFiles::from(files));
        ["a.png", "b.png"].map(|path| Held { files: Arc::clone(&files), path: path.into() })
    };
    for held in edition(10, 11) {
        slow.gallery.see(&held, SMALL);
        slow.wait();
    }
    let [same, other] = edition(10, 12);
    assert!(matches!(slow.gallery.see(&same, SMALL), Seen::Drawn(_)), "what is as it was stays");
    assert!(is_coming(&slow.gallery.see(&other, SMALL)), "another picture of the same name");
}

#[test]
fn a_picture_that_takes_for_ever_is_given_up_and_the_next_one_comes() {
    let (gate, closed) = channel::<()>();
    let closed = Mutex::new(closed);
    let slow = Slow::patient(Duration::from_millis(300), move |bytes| {
        if bytes.starts_with(b"slow") {
            // Until the end of the test.
            let _ = closed.lock().map(|closed| closed.recv());
        }
        decode(bytes, &Fonts::default())
    });
    slow.let_go(9);
    let made_to = |name: &str| Held {
        files: Arc::new(CourseFiles::from([(name.to_owned(), format!("slow {name}").into_bytes())])),
        path: name.into(),
    };
    let is_given_up = |held: &Held, cells| {
        let seen = slow.gallery.see(held, cells);
        matches!(seen, Seen::Unshown(Unshown::Broken))
    };
    let first = made_to("a");
    assert!(is_coming(&slow.gallery.see(&first, SMALL)));
    slow.wait();
    assert!(is_given_up(&first, SMALL));
    // In another size it is not tried again.
    slow.gallery.see(&first, LARGE);
    slow.wait();
    assert!(is_given_up(&first, LARGE));
    let good = held(0);
    assert!(is_coming(&slow.gallery.see(&good, SMALL)));
    slow.wait();
    assert!(matches!(slow.gallery.see(&good, SMALL), Seen::Drawn(_)), "another thread draws the rest");
    // Whoever means harm gets one core, and no more.
    slow.gallery.see(&made_to("b"), SMALL);
    slow.wait();
    assert!(is_given_up(&held(1), SMALL), "and then nothing is made any more");
    drop(gate);
}

/// More small pictures than are kept, all of them on one screen.
#[test]
fn what_is_in_sight_is_never_given_up() {
    let slow = Slow::good();
    let all: Vec<Held> = (0..KEPT + 9).map(held).collect();
    let files: CourseFiles = (0..)
        .zip(&all)
        .map(|(number, held): (usize, _)| (number.to_string(), held.files["assets/a.png"].clone()))
        .collect();
    let files = Arc::new(files);
    let all: Vec<Held> = (0..all.len())
        .map(|number| Held { files: Arc::clone(&files), path: number.to_string().into() })
        .collect();
    slow.let_go(500);
    let frame = || {
        slow.gallery.begin_frame();
        all.iter().filter(|held| matches!(slow.gallery.see(held, SMALL), Seen::Drawn(_))).count()
    };
    let mut drawn = frame();
    for _ in 0..all.len() + 9 {
        if drawn == all.len() {
            break;
        }
        slow.wait();
        drawn = frame();
    }
    assert_eq!(drawn, all.len());
    let unpacked = slow.unpacked.load(Ordering::SeqCst);
    assert_eq!(
        (frame(), slow.unpacked.load(Ordering::SeqCst)),
        (all.len(), unpacked),
        "and none is made again"
    );
}
