//! What was typed before somebody saw that they are where they left off.

use super::*;
use crate::quiz::key as answer_key;
use crate::training::Text;

/// The lesson is read, and the first of two questions of its check answered.
fn left_in_the_check() -> TestWorld {
    let mut world = TestWorld::unknown(small_course());
    world.person = Some(ada());
    let mut training = world.training().expect("a person");
    let mut changes = training.begin(world.now);
    changes.extend(training.read_whole(Text::Lesson(0), 30, world.now));
    changes.extend(training.start_check(0));
    let question = training.check(0).expect("a check").open[0].clone();
    let handed_in = training.hand_in(0, &question.id, answer_key::key(&question), None, world.now);
    changes.extend(handed_in.expect("open").1);
    world.save(&changes).expect("in memory");
    world
}

#[test]
fn it_answers_no_question() {
    let answered = |pause_before: bool| {
        let mut keys = vec![key(KeyCode::Char('1')), key(KeyCode::Enter), pause(), pause()];
        if pause_before {
            keys.insert(0, pause());
        }
        let played = play_in(left_in_the_check(), keys);
        assert_eq!(played.screen.contains("you go on here"), !pause_before, "{}", played.screen);
        let check = played.world.stored.checks.into_values().next().expect("begun");
        (check.answers.len(), check.drafts.values().filter(|draft| draft.response.is_some()).count())
    };
    assert_eq!(answered(false), (1, 0));
    assert_eq!(answered(true), (2, 0));
}
