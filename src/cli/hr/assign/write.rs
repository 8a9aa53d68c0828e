//! Assignments from the registry, written out for mailing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::super::super::error::Failure;
use super::super::course::{archive, packed};
use super::super::open::{Registry, of_store};
use crate::clock::{Calendar, Timestamp};
use crate::digest::Digest;
use crate::files::{self, FileError, Privacy};
use crate::id::CourseId;
use crate::record::file_name;
use crate::registry::assign::layout::Places;
use crate::registry::assign::{is_answered, open};
use crate::registry::change::Audience;
use crate::registry::dossier::{AssignmentState, Dossier};
use crate::registry::row::Membership;
use crate::registry::{PersonNumber, Profile};
use crate::report::table::{self, Mark, Separator};
use crate::shell::option;
use crate::store::registry::ArchivedCourse;

/// The list of what was written.
pub(in crate::cli::hr) const INDEX: &str = "index.csv";

/// How and where assignments are written.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    pub(super) calendar: Calendar,
    /// The folder, if one was named.
    pub(super) out: Option<&'a Path>,
    /// Between the cells of the list.
    pub(super) separator: Separator,
}

/// Which assignments are written.
pub(super) enum Which<'a> {
    /// Those of one run, answered or not.
    These(&'a BTreeSet<Uuid>),
    /// Those of a run that was interrupted, answered or not, of whoever has not left since.
    Interrupted(&'a BTreeSet<Uuid>),
    /// Those that were made last, as far as they are open.
    LastRun,
    /// The open ones of a course.
    OpenOf(CourseId),
}

impl Which<'_> {
    /// Why there may be none for those who are meant.
    fn none_is_open(&self, whom: &Audience) -> String {
        let whose = if *whom == Audience::default() { "" } else { " for those whom --to names" };
        match self {
            Self::These(_) | Self::Interrupted(_) | Self::LastRun => format!("none is open{whose}"),
            Self::OpenOf(course) => format!("none of {course} is open{whose}"),
        }
    }

    /// The course that is meant, if one is and somebody's record has answered it.
    fn answered(&self, dossier: &Dossier) -> Option<CourseId> {
        let Self::OpenOf(course) = self else { return None };
        is_answered(dossier, course).then(|| course.clone())
    }
}

/// Somebody who was named by number, and has no assignment among those that are written.
pub(super) struct Without {
    number: PersonNumber,
    /// The course that was meant, if a record of theirs has answered it.
    answered: Option<CourseId>,
    /// The courses of which one is open all the same.
    open: BTreeSet<CourseId>,
}

impl Without {
    /// What is said of them.
    pub(super) fn words(&self) -> String {
        let Self { number, answered, open } = self;
        let named = |course: &CourseId| option("--course", course.as_str());
        let named: Vec<String> = open.iter().map(named).collect();
        let written = format!("what is open is written with {}", named.join(" or "));
        match (answered, open.is_empty()) {
            (None, true) => format!("{number}: no assignment is open"),
            (None, false) => format!("{number}: none of these; {written}"),
            (Some(course), true) => format!("{number}: {}", here_already(course)),
            (Some(course), false) => format!("{number}: {}; {written}", here_already(course)),
        }
    }
}

fn here_already(course: &CourseId) -> String {
    format!(
        "their record of {course} is here already, so none of it is open (to ask them anew: --due and --again)"
    )
}

/// What was written.
pub(super) struct Written {
    pub(super) folder: PathBuf,
    /// When the newest of them was made.
    pub(super) at: Option<Timestamp>,
    pub(super) assignments: usize,
    /// The names of the packs.
    pub(super) packs: Vec<String>,
    /// Who was named by number and has no file.
    pub(super) without: Vec<Without>,
    /// Who has left since the run that asked them was interrupted.
    pub(super) left: Vec<PersonNumber>,
    /// Why, where there is no assignment.
    pub(super) why_none: String,
}

/// An assignment and whom it is for.
struct Parcel {
    number: PersonNumber,
    profile: Profile,
    member: Membership,
    assignment: AssignmentState,
}

/// Refuses a folder with the list of other assignments in it, before any are made.
pub(super) fn require_free(out: &Path) -> Result<(), Failure> {
    let index = out.join(INDEX);
    if index.symlink_metadata().is_ok() {
        return Err(Failure::new(format!("{} is there already", index.display()))
            .hint("choose another folder: each run has a list of its own"));
    }
    Ok(())
}

/// Writes assignments of those who are meant, their list and their courses. What is there already with the same bytes is left as it is, so that
/// it can be repeated.
pub(super) fn write(
    registry: &Registry,
    which: &Which<'_>,
    whom: &Audience,
    shape: Shape<'_>,
) -> Result<Written, Failure> {
    let mut parcels = parcels(registry, which, whom)?;
    let run = name(&parcels);
    let left = take_left(&mut parcels, which);
    let without = without(registry, &parcels, which, whom)?;
    let why_none = which.none_is_open(whom);
    let Some(at) = parcels.iter().map(|parcel| parcel.assignment.at).max() else {
        let folder = PathBuf::new();
        return Ok(Written { folder, at: None, assignments: 0, packs: Vec::new(), without, left, why_none });
    };
    let versions = versions(registry, &parcels)?;
    // Two versions may be called alike; the digest keeps them apart.
    let pack = |version: &ArchivedCourse| format!("{}-{}.course", version.course, version.digest.short());
    let packs: BTreeMap<Digest, String> =
        versions.iter().map(|version| (version.digest, pack(version))).collect();
    let assignments = parcels.len();
    let (bytes, files) = index(parcels, &packs, shape);
    let list = List { run, bytes };
    let (folder, claim) = match shape.out {
        Some(out) => {
            let claim = Claim::lay(out, &list).map_err(|error| not_written(&error))?;
            let other = || not_written(&FileError::Exists { path: out.join(INDEX) });
            (out.to_owned(), claim.ok_or_else(other)?)
        }
        None => free_folder(&default_folder(registry, at), &list).map_err(|error| not_written(&error))?,
    };
    let mut shelf = Shelf::new(&folder);
    for version in &versions {
        shelf.put(&packs[&version.digest], packed(registry, version)?)?;
    }
    for (path, id) in files {
        let bytes = registry.store().assignment(id).map_err(|error| of_store(&error))?;
        let bytes = bytes.ok_or_else(|| {
            Failure::new(format!("the assignment {id} is not in the registry any more"))
                .hint("countersign hr log verify says what is wrong")
        })?;
        shelf.put(&path, bytes)?;
    }
    shelf.write()?;
    // Last, so that a folder with a list is whole.
    files::write_new(&folder.join(INDEX), &list.bytes, Privacy::Private)
        .map_err(|error| not_written(&error))?;
    claim.lift();
    let packs = packs.into_values().collect();
    Ok(Written { folder, at: Some(at), assignments, packs, without, left, why_none })
}

/// What a run is called in the folder that it writes to, by all that it asked for.
fn name(parcels: &[Parcel]) -> Digest {
    let ids: Vec<u8> = parcels.iter().flat_map(|parcel| parcel.assignment.id.into_bytes()).collect();
    Digest::of(&ids)
}

/// Takes away the parcels of those who have left since their run was interrupted: nobody is to be asked who has left, and a list
/// with their addresses would be mailed.
fn take_left(parcels: &mut Vec<Parcel>, which: &Which<'_>) -> Vec<PersonNumber> {
    match which {
        Which::Interrupted(_) => {
            let left = parcels.extract_if(.., |parcel| parcel.member == Membership::Gone);
            left.map(|parcel| parcel.number).collect()
        }
        Which::These(_) | Which::LastRun | Which::OpenOf(_) => Vec::new(),
    }
}

/// The list of assignments, and the path of each.
fn index(
    parcels: Vec<Parcel>,
    packs: &BTreeMap<Digest, String>,
    Shape { calendar, separator, .. }: Shape<'_>,
) -> (Vec<u8>, Vec<(String, Uuid)>) {
    let mut places = Places::default();
    let mut files = Vec::with_capacity(parcels.len());
    let rows = parcels.into_iter().map(|Parcel { number, profile, assignment, .. }| {
        let name =
            file_name::assignment(number.as_str(), &assignment.course, assignment.at, &assignment.digest);
        let path = places.next(profile.department.as_deref(), &name);
        files.push((path.clone(), assignment.id));
        let course = packs.get(&assignment.version).cloned();
        let text = |text: Option<String>| text.unwrap_or_default();
        [
            number.as_str().to_owned(),
            profile.name,
            text(profile.email),
            text(profile.department),
            text(profile.manager),
            path,
            text(course),
            calendar.last_day(assignment.due).to_string(),
            assignment.due.to_string(),
            assignment.id.to_string(),
        ]
    });
    let header = [
        "number",
        "name",
        "email",
        "department",
        "manager",
        "file",
        "course",
        "due",
        "due (UTC)",
        "assignment",
    ];
    (table::separated(separator, &header, rows, Mark::Utf8), files)
}

/// The assignments that are written, sorted by number.
fn parcels(registry: &Registry, which: &Which<'_>, whom: &Audience) -> Result<Vec<Parcel>, Failure> {
    let mut parcels: Vec<Parcel> = Vec::new();
    let mut last = Timestamp::EPOCH;
    registry
        .store()
        .dossiers(registry.latest()?.plus_days(1), &mut |dossier| {
            let Dossier { number, roster: Some(roster), assignments, .. } = &dossier else { return Ok(()) };
            for assignment in assignments {
                let is_open =
                    || open(&dossier, &assignment.course).is_some_and(|open| open.id == assignment.id);
                let wanted = match which {
                    Which::These(ids) | Which::Interrupted(ids) => ids.contains(&assignment.id),
                    Which::LastRun => assignment.at >= last && is_open(),
                    Which::OpenOf(course) => assignment.course == *course && is_open(),
                };
                if wanted {
                    last = last.max(assignment.at);
                    parcels.push(Parcel {
                        number: number.clone(),
                        profile: roster.profile.clone(),
                        member: Membership::of(&dossier),
                        assignment: assignment.clone(),
                    });
                }
            }
            Ok(())
        })
        .map_err(|error| of_store(&error))?;
    match which {
        Which::LastRun => parcels.retain(|parcel| parcel.assignment.at == last),
        Which::These(_) | Which::Interrupted(_) | Which::OpenOf(_) => {}
    }
    // Only now: the last run is the last one, whomever it asked.
    parcels.retain(|parcel| whom.includes(&parcel.number, &parcel.profile));
    Ok(parcels)
}

/// Those who are named by number and have no assignment among these.
fn without(
    registry: &Registry,
    parcels: &[Parcel],
    which: &Which<'_>,
    whom: &Audience,
) -> Result<Vec<Without>, Failure> {
    let named = whom.people.iter().flatten();
    let written: BTreeSet<&PersonNumber> = parcels.iter().map(|parcel| &parcel.number).collect();
    let mut without = Vec::new();
    for number in named.filter(|number| !written.contains(number)) {
        let dossier =
            registry.store().dossier(number, registry.latest()?).map_err(|error| of_store(&error))?;
        let courses = dossier.iter().flat_map(|dossier| {
            let courses = dossier.assignments.iter().map(|assignment| &assignment.course);
            courses.filter(|course| open(dossier, course).is_some()).cloned()
        });
        let open = courses.collect();
        let answered = dossier.as_ref().and_then(|dossier| which.answered(dossier));
        without.push(Without { number: number.clone(), answered, open });
    }
    Ok(without)
}

/// The versions that were assigned, each once.
fn versions(registry: &Registry, parcels: &[Parcel]) -> Result<Vec<ArchivedCourse>, Failure> {
    let wanted: BTreeSet<Digest> = parcels.iter().map(|parcel| parcel.assignment.version).collect();
    let mut versions = archive(registry)?;
    versions.retain(|version| wanted.contains(&version.digest));
    Ok(versions)
}

/// Files that are written together, because the disk answers about many at once little later than about one.
struct Shelf<'a> {
    root: &'a Path,
    /// By folder.
    waiting: BTreeMap<String, Vec<(String, Vec<u8>)>>,
    number: usize,
}

impl<'a> Shelf<'a> {
    /// How many wait at most: it bounds the memory.
    const MOST: usize = 4096;

    fn new(root: &'a Path) -> Self {
        Self { root, waiting: BTreeMap::new(), number: 0 }
    }

    fn put(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), Failure> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.waiting.entry(folder.to_owned()).or_default().push((name.to_owned(), bytes));
        self.number += 1;
        if self.number < Self::MOST { Ok(()) } else { self.write() }
    }

    fn write(&mut self) -> Result<(), Failure> {
        self.number = 0;
        for (folder, files) in std::mem::take(&mut self.waiting) {
            let folder = self.root.join(folder);
            files::make_folder(&folder, Privacy::Private)
                .and_then(|()| files::write_all(&folder, &files, Privacy::Private))
                .map_err(|error| not_written(&error))?;
        }
        Ok(())
    }
}

fn not_written(error: &FileError) -> Failure {
    let again =
        "everything is kept in the registry; to write it again: countersign hr assign --write --out DIR";
    match error {
        FileError::Exists { path } => {
            Failure::new(format!("{} is there already and is another file", path.display())).hint(again)
        }
        error => Failure::file("cannot write the assignments".to_owned(), error).hint(again),
    }
}

/// The list of a run.
struct List {
    /// What the run is called, which stays the same when somebody leaves or is called otherwise meanwhile.
    run: Digest,
    bytes: Vec<u8>,
}

/// Says in a folder whose list is being written there, so that another run takes another folder. It stays after an
/// interruption: the same run goes on in the same folder.
struct Claim(PathBuf);

impl Claim {
    /// The name of the file that says so. It holds what the run is called.
    const NAME: &str = ".index.begun";
    /// How often a claim of others may go just when it is looked at.
    const TRIES: u32 = 100;

    /// Claims a folder for a list; none when it belongs to another one.
    fn lay(folder: &Path, list: &List) -> Result<Option<Self>, FileError> {
        files::make_folder(folder, Privacy::Private)?;
        let (claim, name) = (Self(folder.join(Self::NAME)), list.run.to_string());
        let mut tries = 0;
        // Of two runs that come at the same time, the file system lets one be the first.
        while let Err(error) = files::write_new(&claim.0, name.as_bytes(), Privacy::Private) {
            tries += 1;
            match error {
                FileError::Exists { .. } => return Ok(None),
                // It was there, and was lifted before it could be looked at.
                FileError::Read { ref source, .. } | FileError::Write { ref source, .. }
                    if source.kind() == ErrorKind::NotFound && tries < Self::TRIES => {}
                error => return Err(error),
            }
        }
        // Only now: whoever was here before may have come to its end in between.
        if takes(folder, &list.bytes) {
            return Ok(Some(claim));
        }
        claim.lift();
        Ok(None)
    }

    /// The list is there and says it better.
    fn lift(self) {
        // One that stays is in nobody's way.
        let _ = fs::remove_file(self.0);
    }
}

/// The first of `folder`, `folder-2`, `folder-3` … that is free, claimed for a list: times are whole seconds, and two runs
/// may fall into one.
fn free_folder(folder: &Path, list: &List) -> Result<(PathBuf, Claim), FileError> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut number = 1_u64;
    let mut next = folder.to_owned();
    loop {
        if let Some(claim) = Claim::lay(&next, list)? {
            return Ok((next, claim));
        }
        number += 1;
        next = folder.with_file_name(format!("{name}-{number}"));
    }
}

/// Whether no other list lies in a folder. One with this very list is that of the same run, to be written again.
fn takes(folder: &Path, index: &[u8]) -> bool {
    let list = folder.join(INDEX);
    let same = || files::read_limited(&list, index.len() as u64).is_ok_and(|there| there == index);
    list.symlink_metadata().is_err() || same()
}

/// A folder for each run.
fn default_folder(registry: &Registry, at: Timestamp) -> PathBuf {
    let name: String = at.to_string().chars().filter(|c| *c != ':').collect();
    registry.home().assignments().join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(bytes: &[u8]) -> List {
        List { run: Digest::of(bytes), bytes: bytes.to_vec() }
    }

    #[test]
    fn two_runs_within_a_second_have_a_folder_each() {
        let home = files::tempdir().unwrap();
        let folder = home.path().join("runs/080000Z");
        let names = |index: &[u8]| {
            let (folder, claim) = free_folder(&folder, &list(index)).unwrap();
            (folder.file_name().unwrap().to_str().unwrap().to_owned(), claim)
        };
        let (first, claim) = names(b"one");
        assert_eq!(first, "080000Z");
        // While the first one is being written, and after it was.
        let (second, other) = names(b"two");
        assert_eq!(second, "080000Z-2");
        files::write_new(&folder.join(INDEX), b"one", Privacy::Private).unwrap();
        claim.lift();
        assert_eq!(names(b"three").0, "080000Z-3");
        // What was interrupted goes on where it was, and what is whole is written again in its place.
        drop(other);
        assert_eq!(names(b"two").0, "080000Z-2");
        assert_eq!(names(b"one").0, "080000Z");
    }

    #[test]
    fn of_runs_at_the_same_time_each_gets_a_folder_of_its_own() {
        const RUNS: u8 = 24;
        let home = files::tempdir().unwrap();
        let folder = home.path().join("080000Z");
        let chosen = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..RUNS)
                .map(|run| {
                    let folder = &folder;
                    scope.spawn(move || {
                        let (chosen, claim) = free_folder(folder, &list(&[run])).unwrap();
                        files::write_new(&chosen.join(INDEX), &[run], Privacy::Private).unwrap();
                        claim.lift();
                        chosen
                    })
                })
                .collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect::<BTreeSet<_>>()
        });
        assert_eq!(chosen.len(), usize::from(RUNS), "{chosen:?}");
    }
}
