//! Changes of progress, written to the tables.

use rusqlite::{CachedStatement, OptionalExtension as _, Params, Transaction, named_params, params};

use super::read;
use super::text::{certainty_text, part_text, response_text};
use crate::id::{CourseId, QuestionId, QuizId};
use crate::progress::Submitted;
use crate::progress::{
    Acknowledgement, Attempt, AttemptAnswer, Bookmark, Change, CheckAnswer, Completion, Draft, ModulePart,
    Reading, Run, Shown,
};
use crate::store::Conflict;
use crate::store::database::WriteError;

/// Writes changes of one course within one transaction.
pub(super) struct Writer<'a> {
    transaction: &'a Transaction<'a>,
    course: &'a CourseId,
    /// The run under way; 0 before the first.
    run: u32,
}

impl<'a> Writer<'a> {
    pub(super) fn new(transaction: &'a Transaction<'a>, course: &'a CourseId) -> rusqlite::Result<Self> {
        let sql = "SELECT coalesce(max(number), 0) FROM run WHERE course = ?1";
        let run = transaction.prepare_cached(sql)?.query_row([course.as_str()], |row| row.get(0))?;
        Ok(Self { transaction, course, run })
    }

    /// The run under way; 0 before the first.
    pub(super) fn run(&self) -> u32 {
        self.run
    }

    pub(super) fn write(&mut self, change: &Change) -> Result<(), WriteError> {
        match change {
            Change::RunStarted(run) => self.run_started(run),
            Change::RunReplaced { known, run } => {
                expect(read::progress(self.transaction, self.course)? == **known, Conflict::GoneOn)?;
                self.run_started(run)
            }
            Change::LessonRead { lesson, reading } => self.lesson_read(lesson, reading),
            Change::Visited(part) => self.visited(part),
            Change::CheckStarted { quiz, round, open } => self.check_started(quiz, *round, open),
            Change::CheckDrafted { quiz, question, draft } => self.check_drafted(quiz, question, draft),
            Change::CheckAnswered { quiz, question, answer } => self.check_answered(quiz, question, answer),
            Change::AttemptStarted(attempt) => self.attempt_started(attempt),
            Change::AttemptAnswered { number, edits, question, answer } => {
                self.edit(*number, *edits)?;
                self.attempt_answered(*number, question, answer)
            }
            Change::AttemptMoved { number, edits, current, active_seconds } => {
                self.edit(*number, *edits)?;
                self.attempt_moved(*number, *current, *active_seconds)
            }
            Change::AttemptSubmitted { number, edits, submitted } => {
                self.edit(*number, *edits)?;
                self.attempt_submitted(*number, submitted)
            }
            Change::Acknowledged(acknowledgement) => self.acknowledged(acknowledgement),
            Change::Completed(completion) => self.completed(completion),
            Change::Bookmarked(bookmark) => self.bookmarked(bookmark),
            Change::BookmarkRemoved(bookmark) => self.bookmark_removed(bookmark),
        }
    }

    fn run_started(&mut self, run: &Run) -> Result<(), WriteError> {
        expect(Some(run.number) == self.run.checked_add(1), Conflict::Run)?;
        self.execute(
            "INSERT INTO run (course, number, nonce, started_at) VALUES (?1, ?2, ?3, ?4)",
            params![self.course.as_str(), run.number, run.nonce, run.started_at.to_string()],
        )?;
        self.run = run.number;
        Ok(())
    }

    fn lesson_read(&self, lesson: &str, reading: &Reading) -> Result<(), WriteError> {
        self.in_a_run()?;
        let before = read::lesson(self.transaction, self.course, self.run, lesson)?;
        let reading = before.map_or_else(|| reading.clone(), |before| reading.following(&before));
        self.execute(
            "INSERT OR REPLACE INTO lesson
                 (course, run, path, digest, place, farthest, first_opened_at, finished_at, active_seconds)
             VALUES (:course, :run, :path, :digest, :place, :farthest, :first_opened_at, :finished_at, :active_seconds)",
            named_params! {
                ":course": self.course.as_str(), ":run": self.run, ":path": lesson,
                ":digest": reading.digest.to_string(),
                ":place": reading.place, ":farthest": reading.farthest,
                ":first_opened_at": reading.first_opened_at.to_string(),
                ":finished_at": reading.finished_at.map(|at| at.to_string()),
                ":active_seconds": reading.active_seconds,
            },
        )
    }

    fn visited(&self, part: &ModulePart) -> Result<(), WriteError> {
        self.in_a_run()?;
        let (kind, name) = part_text(part);
        self.execute(
            "INSERT INTO visit (course, run, kind, name, turn)
             VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(turn), 0) + 1 FROM visit WHERE course = ?1 AND run = ?2))
             ON CONFLICT (course, run, kind, name) DO UPDATE SET turn = excluded.turn",
            params![self.course.as_str(), self.run, kind, name],
        )
    }

    fn check_started(&self, quiz: &QuizId, round: u32, open: &[QuestionId]) -> Result<(), WriteError> {
        self.in_a_run()?;
        let before = self.round(quiz)?;
        expect(Some(round) == before.checked_add(1), Conflict::Check)?;
        self.execute(
            "INSERT INTO knowledge_check (course, run, quiz, round) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (course, run, quiz) DO UPDATE SET round = excluded.round",
            params![self.course.as_str(), self.run, quiz.as_str(), round],
        )?;
        self.execute(
            "DELETE FROM check_open WHERE course = ?1 AND run = ?2 AND quiz = ?3",
            params![self.course.as_str(), self.run, quiz.as_str()],
        )?;
        for (position, question) in open.iter().enumerate() {
            self.execute(
                "INSERT INTO check_open (course, run, quiz, question, position) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![self.course.as_str(), self.run, quiz.as_str(), question.as_str(), position],
            )?;
        }
        Ok(())
    }

    fn check_drafted(&self, quiz: &QuizId, question: &QuestionId, draft: &Draft) -> Result<(), WriteError> {
        self.in_a_run()?;
        expect(self.is_open(quiz, question)?, Conflict::Check)?;
        self.execute(
            "INSERT OR REPLACE INTO check_draft (course, run, quiz, question, revision, response, certainty)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.course.as_str(),
                self.run,
                quiz.as_str(),
                question.as_str(),
                draft.revision,
                draft.response.as_ref().map(response_text),
                draft.certainty.map(certainty_text),
            ],
        )
    }

    fn check_answered(
        &self,
        quiz: &QuizId,
        question: &QuestionId,
        answer: &CheckAnswer,
    ) -> Result<(), WriteError> {
        self.in_a_run()?;
        expect(self.round(quiz)? == answer.round && self.is_open(quiz, question)?, Conflict::Check)?;
        self.execute(
            "INSERT INTO check_answer
                 (course, run, quiz, question, round, revision, response, certainty, earned, possible, at)
             VALUES (:course, :run, :quiz, :question, :round, :revision, :response, :certainty, :earned, :possible, :at)",
            named_params! {
                ":course": self.course.as_str(), ":run": self.run, ":quiz": quiz.as_str(),
                ":question": question.as_str(), ":round": answer.round, ":revision": answer.revision,
                ":response": response_text(&answer.response), ":certainty": answer.certainty.map(certainty_text),
                ":earned": answer.earned, ":possible": answer.possible, ":at": answer.at.to_string(),
            },
        )?;
        self.execute(
            "DELETE FROM check_open WHERE course = ?1 AND run = ?2 AND quiz = ?3 AND question = ?4",
            params![self.course.as_str(), self.run, quiz.as_str(), question.as_str()],
        )
    }

    fn attempt_started(&self, attempt: &Attempt) -> Result<(), WriteError> {
        expect(attempt.run == self.run, Conflict::Run)?;
        let sql = "SELECT coalesce(max(number), 0),
                          coalesce(sum(run = ?2 AND submitted_at IS NULL), 0) FROM attempt WHERE course = ?1";
        let (last, under_way): (u32, u32) = self
            .statement(sql)?
            .query_row(params![self.course.as_str(), self.run], |row| Ok((row.get(0)?, row.get(1)?)))?;
        expect(Some(attempt.number) == last.checked_add(1) && under_way == 0, Conflict::AttemptStarted)?;
        self.execute(
            "INSERT INTO attempt (course, number, run, quiz, course_digest, started_at, current, active_seconds, edits)
             VALUES (:course, :number, :run, :quiz, :course_digest, :started_at, :current, :active_seconds, :edits)",
            named_params! {
                ":course": self.course.as_str(), ":number": attempt.number, ":run": attempt.run,
                ":quiz": attempt.quiz.as_str(), ":course_digest": attempt.course_digest.to_string(),
                ":started_at": attempt.started_at.to_string(), ":current": attempt.current,
                ":active_seconds": attempt.active_seconds, ":edits": attempt.edits,
            },
        )?;
        for (question, answer) in &attempt.answers {
            self.attempt_answered(attempt.number, question, answer)?;
        }
        attempt.submitted.iter().try_for_each(|submitted| self.attempt_submitted(attempt.number, submitted))
    }

    fn attempt_answered(
        &self,
        number: u32,
        question: &QuestionId,
        answer: &AttemptAnswer,
    ) -> Result<(), WriteError> {
        self.execute(
            "INSERT INTO attempt_answer (course, attempt, question, response, certainty, seconds, flagged, shown_wholly)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (course, attempt, question) DO UPDATE SET
                 response = excluded.response, certainty = excluded.certainty,
                 seconds = excluded.seconds, flagged = excluded.flagged, shown_wholly = excluded.shown_wholly",
            params![
                self.course.as_str(),
                number,
                question.as_str(),
                answer.response.as_ref().map(response_text),
                answer.certainty.map(certainty_text),
                answer.seconds,
                answer.flagged,
                answer.shown == Shown::Wholly,
            ],
        )
    }

    fn attempt_moved(&self, number: u32, current: usize, active_seconds: u64) -> Result<(), WriteError> {
        self.execute(
            "UPDATE attempt SET current = ?3, active_seconds = ?4 WHERE course = ?1 AND number = ?2",
            params![self.course.as_str(), number, current, active_seconds],
        )
    }

    fn attempt_submitted(&self, number: u32, submitted: &Submitted) -> Result<(), WriteError> {
        self.execute(
            "UPDATE attempt SET submitted_at = ?3, earned = ?4, possible = ?5, passed = ?6
             WHERE course = ?1 AND number = ?2",
            params![
                self.course.as_str(),
                number,
                submitted.at.to_string(),
                submitted.earned,
                submitted.possible,
                submitted.passed,
            ],
        )
    }

    fn acknowledged(&self, acknowledgement: &Acknowledgement) -> Result<(), WriteError> {
        self.in_a_run()?;
        self.execute(
            "INSERT INTO acknowledgement (course, run, policy, digest, statement, language, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.course.as_str(),
                self.run,
                acknowledgement.policy,
                acknowledgement.digest.to_string(),
                acknowledgement.statement,
                acknowledgement.language,
                acknowledgement.at.to_string(),
            ],
        )
    }

    fn completed(&self, completion: &Completion) -> Result<(), WriteError> {
        expect(completion.run == self.run, Conflict::Run)?;
        self.in_a_run()?;
        let sql = "SELECT EXISTS (SELECT 1 FROM completion WHERE course = ?1 AND run = ?2)";
        let done: bool =
            self.statement(sql)?.query_row(params![self.course.as_str(), self.run], |row| row.get(0))?;
        expect(!done, Conflict::Completed)?;
        self.execute(
            "INSERT INTO completion (course, run, record, digest, at, file_name) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                self.course.as_str(),
                completion.run,
                completion.record,
                completion.digest.to_string(),
                completion.at.to_string(),
                completion.file_name,
            ],
        )
    }

    fn bookmarked(&self, bookmark: &Bookmark) -> Result<(), WriteError> {
        self.in_a_run()?;
        self.execute(
            "INSERT INTO bookmark (course, lesson, place, at, note, digest, heading, line)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            params![
                self.course.as_str(),
                bookmark.lesson,
                bookmark.place,
                bookmark.at.to_string(),
                bookmark.note,
                bookmark.digest.to_string(),
                bookmark.heading,
                bookmark.line,
            ],
        )
    }

    fn bookmark_removed(&self, bookmark: &Bookmark) -> Result<(), WriteError> {
        self.in_a_run()?;
        self.execute(
            "DELETE FROM bookmark WHERE course = ?1 AND lesson = ?2 AND place = ?3 AND at = ?4
                 AND note = ?5 AND digest = ?6 AND heading = ?7 AND line = ?8",
            params![
                self.course.as_str(),
                bookmark.lesson,
                bookmark.place,
                bookmark.at.to_string(),
                bookmark.note,
                bookmark.digest.to_string(),
                bookmark.heading,
                bookmark.line,
            ],
        )
    }

    fn in_a_run(&self) -> Result<(), Conflict> {
        expect(self.run >= 1, Conflict::Run)
    }

    /// Counts one more edit of an attempt under way, if there were as many before as the change builds on.
    fn edit(&self, attempt: u32, edits: u64) -> Result<(), WriteError> {
        let sql = "SELECT edits FROM attempt WHERE course = ?1 AND number = ?2 AND submitted_at IS NULL";
        let values = params![self.course.as_str(), attempt];
        let found: Option<u64> = self.statement(sql)?.query_row(values, |row| row.get(0)).optional()?;
        expect(found.ok_or(Conflict::AttemptSubmitted)? == edits, Conflict::AttemptChanged)?;
        self.execute("UPDATE attempt SET edits = edits + 1 WHERE course = ?1 AND number = ?2", values)
    }

    /// The round of a check; 0 before the first.
    fn round(&self, quiz: &QuizId) -> rusqlite::Result<u32> {
        let sql = "SELECT round FROM knowledge_check WHERE course = ?1 AND run = ?2 AND quiz = ?3";
        let values = params![self.course.as_str(), self.run, quiz.as_str()];
        Ok(self.statement(sql)?.query_row(values, |row| row.get(0)).optional()?.unwrap_or(0))
    }

    fn is_open(&self, quiz: &QuizId, question: &QuestionId) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (
                       SELECT 1 FROM check_open WHERE course = ?1 AND run = ?2 AND quiz = ?3 AND question = ?4)";
        let values = params![self.course.as_str(), self.run, quiz.as_str(), question.as_str()];
        self.statement(sql)?.query_row(values, |row| row.get(0))
    }

    fn execute(&self, sql: &str, values: impl Params) -> Result<(), WriteError> {
        self.statement(sql)?.execute(values)?;
        Ok(())
    }

    fn statement(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.transaction.prepare_cached(sql)
    }
}

fn expect(fine: bool, otherwise: Conflict) -> Result<(), Conflict> {
    if fine { Ok(()) } else { Err(otherwise) }
}
