//! A stage for key scripts: the dashboard on a made-up terminal over a made-up registry.

mod people;

use std::collections::{BTreeMap, VecDeque};

use chrono::FixedOffset;
use crossterm::event::{Event, KeyModifiers, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::clock::{Calendar, Timestamp};
use crate::config::Config;
use crate::digest::Digest;
use crate::progress::Person;
use crate::record::verdict::{Finding, Outcome};
use crate::registry::PersonNumber;
use crate::registry::change::Decided;
use crate::registry::claimant::Claimant;
use crate::registry::dossier::{AssignmentState, Dossier, RecordState, WaiverState};
use crate::registry::listing::Builder;
use crate::registry::office::{
    AsideFile, AsideNote, Claimed, LevelFile, News, Office, Overview, Part, PersonFile, RecordFile, Ruling,
    SignedBy, Trouble, TroubleKind, WaitingRecord,
};
use crate::registry::person::Profile;
use crate::registry::samples;
use crate::registry::status::Reckoning;
use crate::registry::terms::{Level, Levels, Treatment};
use crate::shell::Commands;
use crate::tui::hr::desk::Desk;
use crate::tui::hr::message::Message;
use crate::tui::hr::model::Model;
use crate::tui::hr::{Look, Start};
use crate::tui::keymap::Keymap;
use crate::tui::pane::Hits;
use crate::tui::run::{Face as _, Flow};
use crate::tui::testing::{Script, TestKeeper, click_on, events, rows, styled};
use crate::tui::theme::{Depth, Device, Theme};

pub(in crate::tui::hr) use people::With;

pub(in crate::tui::hr) fn time(text: &str) -> Timestamp {
    format!("{text}T09:00:00Z").parse().expect("a day")
}

/// Days where it is UTC all year.
pub(in crate::tui::hr) fn utc() -> Calendar {
    Calendar::from(FixedOffset::east_opt(0).expect("UTC"))
}

pub(in crate::tui::hr) fn digest(name: &str) -> Digest {
    Digest::of(name.as_bytes())
}

/// A registry in memory.
pub(in crate::tui::hr) struct TestOffice {
    pub(in crate::tui::hr) people: Vec<Dossier>,
    pub(in crate::tui::hr) waiting: Vec<WaitingRecord>,
    pub(in crate::tui::hr) aside: Vec<AsideNote>,
    pub(in crate::tui::hr) passphrase: Option<&'static str>,
    pub(in crate::tui::hr) news: VecDeque<News>,
    /// What was entered.
    pub(in crate::tui::hr) decided: Vec<Ruling>,
    /// At which moments it was read.
    pub(in crate::tui::hr) read: Vec<Option<Timestamp>>,
    /// The next decision fails with this.
    pub(in crate::tui::hr) trouble: Option<Trouble>,
    /// Whom all records name; else whom the roster has.
    pub(in crate::tui::hr) claimed: Option<&'static str>,
    /// Before this moment nobody is known.
    pub(in crate::tui::hr) since: Option<Timestamp>,
}

/// A person on the roster.
pub(in crate::tui::hr) fn person(number: &str, name: &str, department: &str) -> Dossier {
    let department = Some(department.to_owned()).filter(|text| !text.is_empty());
    samples::person(number, Profile { department, ..Profile::named(name) })
}

impl TestOffice {
    /// A handful of people, each with another state.
    pub(in crate::tui::hr) fn small() -> Self {
        let course = "app-data";
        Self::of(vec![
            person("0007", "Ada Byron", "Sales").asked(course, "2026-02-10").sent(
                course,
                "2026-01-21",
                90,
                Treatment::Accept,
            ),
            person("0008", "王小明", "Sales").asked(course, "2026-02-10"),
            person("0009", "Zoë \u{202e}live\u{202c} <b>Quist</b>", "Care").excepted(course),
            person("0010", "مريم العلوي", "Care").asked(course, "2026-08-30").sent(
                course,
                "2026-05-02",
                95,
                Treatment::Review,
            ),
            person("0011", "\u{1b}]52;c;aGk=\u{7}Esc Aped", "").asked(course, "2026-08-30"),
            person("0012", "Maximiliane Freifrau von Hohenstaufen-Wittelsbach", "Care")
                .asked(course, "2026-08-10")
                .sent(course, "2026-02-05", 40, Treatment::Accept),
            person("0013", "Grace Brewster", "Stores").sent("phishing", "2025-06-20", 90, Treatment::Accept),
        ])
    }

    pub(in crate::tui::hr) fn of(people: Vec<Dossier>) -> Self {
        let mut waiting = Vec::new();
        for person in &people {
            let records = person.records.iter();
            waiting.extend(records.filter(|record| record.treatment == Treatment::Review).map(|record| {
                WaitingRecord {
                    digest: record.digest,
                    person: person.number.clone(),
                    claimant: Some(claimant(person, None)),
                    course: record.course.clone(),
                    received_at: record.received_at,
                    reasons: vec![(
                        Level::Identity,
                        "self-declared: the record answers no assignment".to_owned(),
                    )],
                }
            }));
        }
        let aside = vec![AsideNote {
            file: digest("rubbish"),
            name: "holiday\u{1b}[2J.jpg".to_owned(),
            at: time("2026-05-03"),
            claimed: Some("0007".to_owned()),
            called: Some("Ada Byron".to_owned()),
            levels: Levels([Outcome::Pass; 5]).failing(Level::Grading),
            reasons: vec!["grading fail: the record claims 13, it is 14".to_owned()],
        }];
        Self {
            people,
            waiting,
            aside,
            passphrase: None,
            news: VecDeque::new(),
            decided: Vec::new(),
            read: Vec::new(),
            trouble: None,
            claimed: None,
            since: None,
        }
    }

    pub(in crate::tui::hr) fn overview(&self, at: Timestamp) -> Box<Overview> {
        let listing = with_reckoning(at, |reckoning| {
            let mut builder =
                Builder::new(reckoning, utc(), |text| crate::printable::Printable::new(text).width());
            for person in &self.people {
                builder.add(person);
            }
            builder.finish()
        });
        let title = ("app-data".parse().expect("an id"), "App data at work".to_owned());
        Box::new(Overview {
            listing,
            titles: BTreeMap::from([title]),
            waiting: Part { shown: self.waiting.clone(), more: 0 },
            aside: Part { shown: self.aside.clone(), more: 0 },
        })
    }

    /// What was entered about a record.
    fn decisions(&self) -> Vec<Decided> {
        let at = self.now();
        let entered = self.decided.iter().cloned();
        entered
            .map(|Ruling { record, decision, by, reason }| Decided { at, record, decision, by, reason })
            .collect()
    }

    fn state(&self, wanted: &Digest) -> Option<(&Dossier, &RecordState)> {
        let all =
            self.people.iter().flat_map(|person| person.records.iter().map(move |record| (person, record)));
        all.into_iter().find(|(_, record)| record.digest == *wanted)
    }
}

/// Reckons by a year's validity and no rules.
fn with_reckoning<T>(at: Timestamp, act: impl FnOnce(Reckoning<'_>) -> T) -> T {
    let validity = BTreeMap::from([(digest("version"), 365)]);
    let policies = BTreeMap::new();
    act(Reckoning { at, validity_days: &validity, rules: &[], policies: &policies, expiring_days: 30 })
}

fn claimant(person: &Dossier, claimed: Option<&str>) -> Claimant {
    let known = person.roster.as_ref().map_or("mini", |roster| &roster.profile.name);
    let name = claimed.unwrap_or(known).to_owned();
    let claimed = Person { email: None, name, number: person.number.to_string() };
    Claimant::of(&claimed, person.roster.as_ref())
}

pub(in crate::tui::hr) fn trouble(words: &str) -> Trouble {
    Trouble {
        kind: TroubleKind::Other,
        messages: vec![words.to_owned(), "the disk is full".to_owned()],
        hints: vec!["free some space".to_owned()],
    }
}

fn levels(receipt: Option<Levels>) -> [LevelFile; 5] {
    Level::ALL.map(|level| {
        let outcome = receipt.map_or(Outcome::Fail, |receipt| receipt.at(level));
        LevelFile {
            level,
            now: Finding::new(outcome, vec![format!("what was looked at for {}", level.word())]),
            at_receipt: receipt.map(|receipt| receipt.at(level)),
        }
    })
}

impl Office for TestOffice {
    fn now(&self) -> Timestamp {
        time("2026-06-01")
    }

    fn moment(&self, typed: &str) -> Result<Option<Timestamp>, Trouble> {
        match typed.trim() {
            "" => Ok(None),
            day => format!("{day}T09:00:00Z").parse().map(Some).map_err(|_| Trouble {
                kind: TroubleKind::Other,
                messages: vec![format!("{day} is no day")],
                hints: vec![
                    "write it as 2026-06-30, or name a day that is over, such as today or yesterday"
                        .to_owned(),
                ],
            }),
        }
    }

    fn read(&mut self, at: Option<Timestamp>) {
        self.read.push(at);
        let overview = self.overview(at.unwrap_or_else(|| self.now()));
        self.news.push_back(News::Read(overview));
    }

    fn news(&mut self) -> Option<News> {
        self.news.pop_front()
    }

    fn person(&self, number: &PersonNumber, at: Timestamp) -> Result<Option<PersonFile>, Trouble> {
        let known = self.since.is_none_or(|since| at >= since);
        let dossier = self.people.iter().filter(|_| known).find(|person| person.number == *number).cloned();
        Ok(dossier.map(|dossier| {
            let standing = with_reckoning(at, |reckoning| reckoning.standing(&dossier));
            let theirs =
                |decided: &Decided| dossier.records.iter().any(|record| record.digest == decided.record);
            let decisions = self.decisions().into_iter().filter(theirs).collect();
            PersonFile { dossier, standing, decisions }
        }))
    }

    fn record(&self, wanted: &Digest) -> Result<RecordFile, Trouble> {
        let (person, state) = self.state(wanted).ok_or_else(|| trouble("no such record"))?;
        let claims = Claimed {
            claimant: claimant(person, self.claimed),
            number: person.number.to_string(),
            title: "App data at work".to_owned(),
            version: "1.0.0".to_owned(),
            passed: state.passed,
            earned: state.earned,
            possible: state.possible,
            pass_percent: 80,
            signed: Some(SignedBy { at: state.signed_at, issuer: "did:key:z6Mk".to_owned() }),
        };
        Ok(RecordFile {
            digest: *wanted,
            claims: Some(claims),
            decided: self.decisions().into_iter().rev().find(|decided| decided.record == *wanted),
            levels: levels(Some(state.levels)),
            state: Some(state.clone()),
            entry: Some("{\"entry\":\"collected\"}".to_owned()),
        })
    }

    fn aside(&self, file: &Digest) -> Result<AsideFile, Trouble> {
        let note = self.aside.iter().find(|note| note.file == *file).cloned();
        let note = note.ok_or_else(|| trouble("no such file"))?;
        let whose = self.people.iter().find(|person| Some(person.number.as_str()) == note.claimed.as_deref());
        let claims = whose.map(|person| Claimed {
            claimant: claimant(person, self.claimed),
            number: person.number.to_string(),
            title: "App data at work".to_owned(),
            version: "1.0.0".to_owned(),
            passed: true,
            earned: 13,
            possible: 14,
            pass_percent: 80,
            signed: None,
        });
        Ok(AsideFile { note, claims, bytes: 1234, levels: levels(None) })
    }

    fn key_is_protected(&self) -> bool {
        self.passphrase.is_some()
    }

    fn decide(&mut self, ruling: Ruling, passphrase: Option<Zeroizing<String>>) {
        if self.passphrase != passphrase.as_ref().map(|typed| typed.as_str()) {
            let wrong = Trouble {
                kind: TroubleKind::Passphrase,
                messages: vec!["the passphrase is wrong".to_owned()],
                hints: Vec::new(),
            };
            self.news.push_back(News::NotDecided(ruling, wrong));
            return;
        }
        if let Some(trouble) = self.trouble.take() {
            self.news.push_back(News::NotDecided(ruling, trouble));
            return;
        }
        self.waiting.retain(|record| record.digest != ruling.record);
        let records = self.people.iter_mut().flat_map(|person| &mut person.records);
        records
            .filter(|record| record.digest == ruling.record)
            .for_each(|record| record.decision = Some(ruling.decision));
        self.decided.push(ruling.clone());
        self.news.push_back(News::Decided(ruling));
    }

    fn settle(&mut self) {
        // Whatever is begun here is done at once.
    }
}

/// A dashboard on a made-up terminal.
pub(in crate::tui::hr) struct Stage {
    pub(in crate::tui::hr) terminal: Terminal<TestBackend>,
    pub(in crate::tui::hr) model: Model,
    pub(in crate::tui::hr) office: TestOffice,
    pub(in crate::tui::hr) keeper: TestKeeper,
    pub(in crate::tui::hr) session: Script,
    pub(in crate::tui::hr) ended: bool,
    hits: Hits<Message>,
}

impl Stage {
    pub(in crate::tui::hr) fn new(width: u16, height: u16) -> Self {
        Self::with(width, height, TestOffice::small(), Theme::COLOURED)
    }

    pub(in crate::tui::hr) fn with(width: u16, height: u16, office: TestOffice, theme: Theme) -> Self {
        let mut stage = Self::reading(width, height, office, theme);
        stage.hear();
        stage
    }

    /// The same while the registry is still being read.
    pub(in crate::tui::hr) fn reading(width: u16, height: u16, office: TestOffice, theme: Theme) -> Self {
        Self::open(width, height, office, Look { theme, calendar: utc(), commands: Commands::default() })
    }

    /// The same for somebody who is told commands in this way.
    pub(in crate::tui::hr) fn told_commands(office: TestOffice, commands: Commands, script: &str) -> Self {
        let look = Look { theme: Theme::COLOURED, calendar: utc(), commands };
        let mut stage = Self::open(92, 90, office, look);
        stage.hear().keys(script);
        stage
    }

    /// The same dashboard for somebody with these settings.
    pub(in crate::tui::hr) fn wanted(self, config: Config, keymap: Keymap) -> Self {
        Self { model: self.model.wanted(config, keymap, Device::with(Depth::Full)), ..self }
    }

    fn open(width: u16, height: u16, office: TestOffice, look: Look) -> Self {
        let Look { calendar, commands, .. } = look;
        let start = Start { at: None, calendar, commands, notices: Vec::new() };
        let model = Model::open(start, look, office.now());
        let terminal = Terminal::new(TestBackend::new(width, height)).expect("in memory");
        let session = Script::default();
        let keeper = TestKeeper::default();
        let mut stage = Self { terminal, model, office, keeper, session, ended: false, hits: Hits::new() };
        stage.on_desk(|desk, session| desk.begin(session));
        stage.draw();
        stage
    }

    fn on_desk(
        &mut self,
        act: impl FnOnce(&mut Desk<'_, TestOffice>, &mut Script) -> Result<Flow, std::convert::Infallible>,
    ) {
        let Self { office, keeper, model, session, ended, .. } = self;
        let mut desk = Desk { office, keeper, model };
        let Ok(flow) = act(&mut desk, session);
        *ended |= flow != Flow::On;
    }

    /// The office has news, and there was no time yet to look through them.
    pub(in crate::tui::hr) fn told(&mut self) {
        self.on_desk(|desk, session| Ok(desk.called(session)?.unwrap_or(Flow::On)));
        self.draw();
    }

    /// A signal ends it; what is said then.
    pub(in crate::tui::hr) fn killed(&mut self) -> Vec<String> {
        self.on_desk(|desk, _| {
            desk.last_words();
            Ok(Flow::On)
        });
        self.model.last_words(Commands::default())
    }

    /// The office has news.
    pub(in crate::tui::hr) fn hear(&mut self) -> &mut Self {
        self.told();
        while self.model.is_busy() {
            self.model.go_on();
        }
        self.draw();
        self
    }

    pub(in crate::tui::hr) fn draw(&mut self) {
        let size = self.terminal.size().expect("in memory");
        let Self { terminal, model, office, keeper, hits, session, .. } = self;
        let mut desk = Desk { office, keeper, model };
        let Ok(Flow::On | Flow::End(_)) = desk.prepare(size, session);
        terminal.draw(|frame| *hits = desk.view(frame)).expect("in memory");
    }

    pub(in crate::tui::hr) fn event(&mut self, event: &Event) -> &mut Self {
        if let Some(message) = self.model.message_for(event, &self.hits) {
            self.on_desk(|desk, session| desk.take(message, session));
        }
        self.draw();
        self
    }

    /// Presses keys, and lets the office answer.
    pub(in crate::tui::hr) fn keys(&mut self, script: &str) -> &mut Self {
        for event in events(script) {
            self.event(&event);
            self.hear();
        }
        self
    }

    pub(in crate::tui::hr) fn click(&mut self, words: &str) -> &mut Self {
        let click = click_on(self.terminal.backend().buffer(), words);
        self.event(&click);
        self.hear()
    }

    pub(in crate::tui::hr) fn wheel(&mut self, kind: MouseEventKind) -> &mut Self {
        self.event(&Event::Mouse(MouseEvent { kind, column: 1, row: 1, modifiers: KeyModifiers::NONE }))
    }

    pub(in crate::tui::hr) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
        self
    }

    pub(in crate::tui::hr) fn screen(&self) -> String {
        rows(self.terminal.backend().buffer()).join("\n")
    }

    pub(in crate::tui::hr) fn styled(&self) -> String {
        styled(self.terminal.backend().buffer())
    }

    /// The row of the hardware cursor.
    pub(in crate::tui::hr) fn cursor_row(&mut self) -> String {
        let at = self.terminal.get_cursor_position().expect("in memory");
        rows(self.terminal.backend().buffer()).get(usize::from(at.y)).cloned().unwrap_or_default()
    }
}
