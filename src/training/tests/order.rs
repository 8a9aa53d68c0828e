//! The order in which a check shows options.

use super::*;

/// Whoever looked at an answer that was right at once saw its options in the order of a later round.
#[test]
fn an_answer_is_looked_at_in_the_order_in_which_it_was_given() {
    let options = |right: &str| {
        let option = |id: char| format!("(id: \"{id}\", text: \"{id}\", right: {})", right == id.to_string());
        ('a'..='h').map(option).collect::<Vec<_>>().join(", ")
    };
    let question = |id: &str| {
        format!("Single(id: \"{id}\", topic: \"a\", prompt: \"{id}?\", options: [{}])", options("a"))
    };
    let check = format!("(id: \"one\", title: \"One\", questions: [{}, {}])", question("q1"), question("q2"));
    let mut files = files("1");
    files.insert("quizzes/1.ron".to_owned(), check.into_bytes());
    let mut training = begun(&Arc::new(course::parse(files).expect("a course without faults")));
    let questions = training.course().modules[0].check.as_ref().expect("a check").questions.clone();
    assert!(!training.start_check(0).is_empty());
    for (question, answer) in questions.iter().zip(["a", "b"]) {
        let response = Response::Text(answer.to_owned());
        assert!(training.hand_in(0, &question.id, response, None, at(1)).is_some());
    }
    let orders = |training: &Training| [0, 1].map(|index| training.check_order(0, &questions[index]));
    let [first, second] = orders(&training);
    assert!(!training.start_check(0).is_empty(), "the second is asked again");
    let [answered, asked] = orders(&training);
    assert_eq!(answered, first);
    assert_ne!(asked, second, "a round has its own order");
    assert!(training.hand_in(0, &questions[1].id, Response::Text("a".to_owned()), None, at(2)).is_some());
    assert_eq!(orders(&training), [first, asked]);
}
