//! The tables, read back as progress.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

use super::text::{certainty, parsed, parsed_if_any, part, response, unreadable};
use crate::digest::Digest;
use crate::id::{CourseId, QuestionId, QuizId};
use crate::progress::{
    Acknowledgement, Attempt, AttemptAnswer, Bookmark, CheckAnswer, CheckProgress, Completion, Draft,
    ModulePart, Person, Progress, Reading, Run, Shown, Submitted,
};

/// Everything of one course. The caller holds a transaction, so that all of it is of one moment.
pub(super) fn progress(connection: &Connection, course: &CourseId) -> rusqlite::Result<Progress> {
    let runs = runs(connection, course)?;
    let run = runs.last().map_or(0, |run| run.number);
    Ok(Progress {
        lessons: lessons(connection, course, run)?,
        checks: checks(connection, course, run)?,
        visited: visited(connection, course, run)?,
        attempts: attempts(connection, course)?,
        acknowledgement: acknowledgement(connection, course, run)?,
        completions: completions(connection, course)?,
        bookmarks: bookmarks(connection, course)?,
        runs,
    })
}

/// Reads all there is, to see whether it can be read.
pub(super) fn everything(connection: &Connection) -> rusqlite::Result<()> {
    let courses: Vec<CourseId> =
        rows(connection, "SELECT DISTINCT course FROM run", [], |row| parsed(row, 0))?;
    for course in courses {
        progress(connection, &course)?;
    }
    learner(connection).map(drop)
}

pub(super) fn learner(connection: &Connection) -> rusqlite::Result<Option<(Person, String)>> {
    let mut statement = connection.prepare_cached("SELECT number, name, email, did FROM learner")?;
    let learner = |row: &Row<'_>| {
        Ok((Person { number: row.get(0)?, name: row.get(1)?, email: row.get(2)? }, row.get(3)?))
    };
    statement.query_row([], learner).optional()
}

/// One lesson of a run.
pub(super) fn lesson(
    connection: &Connection,
    course: &CourseId,
    run: u32,
    path: &str,
) -> rusqlite::Result<Option<Reading>> {
    let sql = "SELECT path, digest, place, farthest, first_opened_at, finished_at, active_seconds
               FROM lesson WHERE course = ?1 AND run = ?2 AND path = ?3";
    let found = rows(connection, sql, params![course.as_str(), run, path], reading)?;
    Ok(found.into_iter().next().map(|(_, reading)| reading))
}

fn runs(connection: &Connection, course: &CourseId) -> rusqlite::Result<Vec<Run>> {
    let sql = "SELECT number, nonce, started_at FROM run WHERE course = ?1 ORDER BY number";
    rows(connection, sql, [course.as_str()], |row| {
        Ok(Run { number: row.get(0)?, nonce: row.get(1)?, started_at: parsed(row, 2)? })
    })
}

fn lessons(
    connection: &Connection,
    course: &CourseId,
    run: u32,
) -> rusqlite::Result<BTreeMap<String, Reading>> {
    let sql = "SELECT path, digest, place, farthest, first_opened_at, finished_at, active_seconds
               FROM lesson WHERE course = ?1 AND run = ?2";
    Ok(rows(connection, sql, params![course.as_str(), run], reading)?.into_iter().collect())
}

fn reading(row: &Row<'_>) -> rusqlite::Result<(String, Reading)> {
    let reading = Reading {
        digest: parsed(row, 1)?,
        place: row.get(2)?,
        farthest: row.get(3)?,
        first_opened_at: parsed(row, 4)?,
        finished_at: parsed_if_any(row, 5)?,
        active_seconds: row.get(6)?,
    };
    Ok((row.get(0)?, reading))
}

fn checks(
    connection: &Connection,
    course: &CourseId,
    run: u32,
) -> rusqlite::Result<BTreeMap<QuizId, CheckProgress>> {
    let of_run = params![course.as_str(), run];
    let sql = "SELECT quiz, round FROM knowledge_check WHERE course = ?1 AND run = ?2";
    let mut checks: BTreeMap<QuizId, CheckProgress> = rows(connection, sql, of_run, |row| {
        Ok((parsed(row, 0)?, CheckProgress { round: row.get(1)?, ..CheckProgress::default() }))
    })?
    .into_iter()
    .collect();

    let sql = "SELECT quiz, question FROM check_open WHERE course = ?1 AND run = ?2 ORDER BY quiz, position";
    let open: Vec<(QuizId, QuestionId)> =
        rows(connection, sql, of_run, |row| Ok((parsed(row, 0)?, parsed(row, 1)?)))?;
    for (quiz, question) in open {
        checks.entry(quiz).or_default().open.push(question);
    }

    let sql = "SELECT quiz, question, revision, response, certainty FROM check_draft WHERE course = ?1 AND run = ?2";
    let drafts = rows(connection, sql, of_run, |row| {
        let draft =
            Draft { revision: row.get(2)?, response: response(row, 3)?, certainty: certainty(row, 4)? };
        Ok((parsed(row, 0)?, parsed(row, 1)?, draft))
    })?;
    for (quiz, question, draft) in drafts {
        checks.entry(quiz).or_default().drafts.insert(question, draft);
    }

    // In the order of rounds, so that the last answer to a question stays.
    let sql = "SELECT quiz, question, revision, response, certainty, earned, possible, round, at
               FROM check_answer WHERE course = ?1 AND run = ?2 ORDER BY round";
    let answers = rows(connection, sql, of_run, |row| {
        let answer = CheckAnswer {
            revision: row.get(2)?,
            response: response(row, 3)?.ok_or_else(|| unreadable(3, "an answer without a response"))?,
            certainty: certainty(row, 4)?,
            earned: row.get(5)?,
            possible: row.get(6)?,
            round: row.get(7)?,
            at: parsed(row, 8)?,
        };
        Ok((parsed(row, 0)?, parsed(row, 1)?, answer))
    })?;
    for (quiz, question, answer) in answers {
        checks.entry(quiz).or_default().answers.insert(question, answer);
    }
    Ok(checks)
}

fn visited(connection: &Connection, course: &CourseId, run: u32) -> rusqlite::Result<Vec<ModulePart>> {
    let sql = "SELECT kind, name FROM visit WHERE course = ?1 AND run = ?2 ORDER BY turn";
    rows(connection, sql, params![course.as_str(), run], |row| part(row, 0, 1))
}

fn attempts(connection: &Connection, course: &CourseId) -> rusqlite::Result<Vec<Attempt>> {
    let sql = "SELECT number, run, quiz, course_digest, started_at, current, active_seconds,
                      edits, submitted_at, earned, possible, passed
               FROM attempt WHERE course = ?1 ORDER BY number";
    let mut attempts = rows(connection, sql, [course.as_str()], |row| {
        let submitted = match parsed_if_any(row, 8)? {
            Some(at) => {
                Some(Submitted { at, earned: row.get(9)?, possible: row.get(10)?, passed: row.get(11)? })
            }
            None => None,
        };
        Ok(Attempt {
            number: row.get(0)?,
            run: row.get(1)?,
            quiz: parsed(row, 2)?,
            course_digest: parsed(row, 3)?,
            started_at: parsed(row, 4)?,
            current: row.get(5)?,
            active_seconds: row.get(6)?,
            edits: row.get(7)?,
            answers: BTreeMap::new(),
            submitted,
        })
    })?;

    let sql = "SELECT attempt, question, response, certainty, seconds, flagged, shown_wholly
               FROM attempt_answer WHERE course = ?1";
    let answers = rows(connection, sql, [course.as_str()], |row| {
        let answer = AttemptAnswer {
            response: response(row, 2)?,
            certainty: certainty(row, 3)?,
            seconds: row.get(4)?,
            flagged: row.get(5)?,
            shown: if row.get(6)? { Shown::Wholly } else { Shown::Partly },
        };
        Ok((row.get::<_, u32>(0)?, parsed(row, 1)?, answer))
    })?;
    for (number, question, answer) in answers {
        if let Ok(index) = attempts.binary_search_by_key(&number, |attempt| attempt.number) {
            attempts[index].answers.insert(question, answer);
        }
    }
    Ok(attempts)
}

fn acknowledgement(
    connection: &Connection,
    course: &CourseId,
    run: u32,
) -> rusqlite::Result<Option<Acknowledgement>> {
    let sql = "SELECT policy, digest, statement, language, at FROM acknowledgement
               WHERE course = ?1 AND run = ?2 ORDER BY sequence DESC LIMIT 1";
    let found = rows(connection, sql, params![course.as_str(), run], |row| {
        Ok(Acknowledgement {
            policy: row.get(0)?,
            digest: parsed(row, 1)?,
            statement: row.get(2)?,
            language: row.get(3)?,
            at: parsed(row, 4)?,
        })
    })?;
    Ok(found.into_iter().next())
}

fn completions(connection: &Connection, course: &CourseId) -> rusqlite::Result<Vec<Completion>> {
    let sql = "SELECT run, record, digest, at, file_name FROM completion WHERE course = ?1 ORDER BY sequence";
    rows(connection, sql, [course.as_str()], |row| {
        Ok(Completion {
            run: row.get(0)?,
            record: row.get(1)?,
            digest: parsed(row, 2)?,
            at: parsed(row, 3)?,
            file_name: row.get(4)?,
        })
    })
}

fn bookmarks(connection: &Connection, course: &CourseId) -> rusqlite::Result<BTreeSet<Bookmark>> {
    let sql = "SELECT lesson, place, at, note, digest, heading, line FROM bookmark WHERE course = ?1";
    let found = rows(connection, sql, [course.as_str()], |row| {
        Ok(Bookmark {
            lesson: row.get(0)?,
            place: row.get(1)?,
            at: parsed(row, 2)?,
            note: row.get(3)?,
            digest: parsed(row, 4)?,
            heading: row.get(5)?,
            line: row.get(6)?,
        })
    })?;
    Ok(found.into_iter().collect())
}

/// The record that was written last, of all courses. Records are never deleted, so the sequence only grows.
pub(super) fn last_record(connection: &Connection) -> rusqlite::Result<Option<Digest>> {
    let sql = "SELECT digest FROM completion ORDER BY sequence DESC LIMIT 1";
    Ok(rows(connection, sql, [], |row| parsed(row, 0))?.into_iter().next())
}

/// Whether this course version was kept.
pub(super) fn has_version(connection: &Connection, version: &Digest) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM course_version WHERE digest = ?1)";
    connection.prepare_cached(sql)?.query_row([version.to_string()], |row| row.get(0))
}

/// The files of a course version with the digests that they should have.
pub(super) fn course_files(
    connection: &Connection,
    version: &Digest,
) -> rusqlite::Result<Vec<(String, Digest, Vec<u8>)>> {
    let sql = "SELECT path, digest, bytes FROM course_file JOIN content USING (digest) WHERE version = ?1";
    rows(connection, sql, [version.to_string()], |row| Ok((row.get(0)?, parsed(row, 1)?, row.get(2)?)))
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare_cached(sql)?.query_map(values, read)?.collect()
}
