//! Assignments from the registry, written out for mailing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::super::super::error::Failure;
use super::super::course::{archive, packed};
use super::super::open::{Registry, of_store};
use crate::clock::{Clock as _, SystemClock, Timestamp};
use crate::digest::Digest;
use crate::files::{self, FileError, Privacy};
use crate::id::CourseId;
use crate::record::file_name;
use crate::registry::assign::layout::Places;
use crate::registry::assign::open;
use crate::registry::dossier::{AssignmentState, Dossier};
use crate::registry::{PersonNumber, Profile};
use crate::report::table::{self, Mark};

/// The list of what was written.
const INDEX: &str = "index.csv";

/// Which assignments are written.
pub(super) enum Which {
    /// Those that were just made.
    These(BTreeSet<Uuid>),
    /// Those that were made last, as far as they are open.
    LastRun,
    /// The open ones of a course.
    OpenOf(CourseId),
}

/// What was written.
pub(super) struct Written {
    pub(super) folder: PathBuf,
    pub(super) assignments: usize,
    /// The names of the packs.
    pub(super) packs: Vec<String>,
}

/// An assignment and whom it is for.
struct Parcel {
    number: PersonNumber,
    profile: Profile,
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

/// Writes assignments, their list and their courses. What is there already with the same bytes is left as it is, so that
/// it can be repeated.
pub(super) fn write(registry: &Registry, which: &Which, out: Option<&Path>) -> Result<Written, Failure> {
    let parcels = parcels(registry, which)?;
    let folder = match (out, parcels.iter().map(|parcel| parcel.assignment.at).max()) {
        (Some(out), _) => out.to_owned(),
        (None, Some(at)) => default_folder(registry, at),
        (None, None) => PathBuf::new(),
    };
    let assignments = parcels.len();
    if parcels.is_empty() {
        return Ok(Written { folder, assignments, packs: Vec::new() });
    }
    let mut shelf = Shelf::new(&folder);
    let packs = write_packs(registry, &parcels, &mut shelf)?;
    let mut places = Places::default();
    let mut index = Vec::with_capacity(parcels.len());
    for parcel in parcels {
        let Parcel { number, profile, assignment } = parcel;
        let bytes = registry.store().assignment(assignment.id).map_err(|error| of_store(&error))?;
        let bytes = bytes.ok_or_else(|| {
            Failure::new(format!("the assignment {} is not in the registry any more", assignment.id))
                .hint("countersign hr log verify says what is wrong")
        })?;
        let name =
            file_name::assignment(number.as_str(), &assignment.course, assignment.at, &assignment.digest);
        let path = places.next(profile.department.as_deref(), &name);
        shelf.put(&path, bytes)?;
        let course = packs.get(&assignment.version).cloned();
        let text = |text: Option<String>| text.unwrap_or_default();
        index.push([
            number.as_str().to_owned(),
            profile.name,
            text(profile.email),
            text(profile.department),
            text(profile.manager),
            path,
            text(course),
            assignment.due.to_string(),
            assignment.id.to_string(),
        ]);
    }
    let header =
        ["number", "name", "email", "department", "manager", "file", "course", "due (UTC)", "assignment"];
    shelf.write()?;
    // Last, so that a folder with a list is whole.
    let index = table::csv(&header, index, Mark::Utf8);
    files::write_new(&folder.join(INDEX), &index, Privacy::Private).map_err(|error| not_written(&error))?;
    Ok(Written { folder, assignments, packs: packs.into_values().collect() })
}

/// The assignments that are written, sorted by number.
fn parcels(registry: &Registry, which: &Which) -> Result<Vec<Parcel>, Failure> {
    let mut parcels: Vec<Parcel> = Vec::new();
    let mut last = Timestamp::EPOCH;
    registry
        .store()
        .dossiers(SystemClock.now().plus_days(1), &mut |dossier| {
            let Dossier { number, roster: Some(roster), assignments, .. } = &dossier else { return Ok(()) };
            for assignment in assignments {
                let is_open =
                    || open(&dossier, &assignment.course).is_some_and(|open| open.id == assignment.id);
                let wanted = match which {
                    Which::These(ids) => ids.contains(&assignment.id),
                    Which::LastRun => assignment.at >= last && is_open(),
                    Which::OpenOf(course) => assignment.course == *course && is_open(),
                };
                if wanted {
                    last = last.max(assignment.at);
                    let (number, profile) = (number.clone(), roster.profile.clone());
                    parcels.push(Parcel { number, profile, assignment: assignment.clone() });
                }
            }
            Ok(())
        })
        .map_err(|error| of_store(&error))?;
    match which {
        Which::LastRun => parcels.retain(|parcel| parcel.assignment.at == last),
        Which::These(_) | Which::OpenOf(_) => {}
    }
    Ok(parcels)
}

/// Writes each course once; gives the names of the packs.
fn write_packs(
    registry: &Registry,
    parcels: &[Parcel],
    shelf: &mut Shelf<'_>,
) -> Result<BTreeMap<Digest, String>, Failure> {
    let wanted: BTreeSet<Digest> = parcels.iter().map(|parcel| parcel.assignment.version).collect();
    let mut names = BTreeMap::new();
    for version in archive(registry)?.iter().filter(|version| wanted.contains(&version.digest)) {
        // Two versions may be called alike; the digest keeps them apart.
        let name = format!("{}-{}.course", version.course, version.digest.short());
        let pack = packed(registry, version)?;
        shelf.put(&name, pack)?;
        names.insert(version.digest, name);
    }
    Ok(names)
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

/// A folder for each run.
fn default_folder(registry: &Registry, at: Timestamp) -> PathBuf {
    let name: String = at.to_string().chars().filter(|c| *c != ':').collect();
    registry.home().folder().join("assignments").join(name)
}
