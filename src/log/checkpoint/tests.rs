use super::super::strategies::{checkpoint, log, origin, secret, tree};
use super::*;

#[test]
fn what_is_signed_is_read_back() {
    for size in [0, 1, 300] {
        let checkpoint = checkpoint(&tree(size));
        let file = checkpoint.sign(&secret()).to_string();
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines[..2], ["countersign.example/registry/1", &size.to_string()]);
        assert!(lines[4].starts_with("\u{2014} countersign.example/registry/1 "));
        assert_eq!(Checkpoint::read(file.as_bytes(), &log()), Ok(checkpoint));
    }
}

#[test]
fn any_flipped_bit_is_refused() {
    let file = checkpoint(&tree(10)).sign(&secret()).to_string().into_bytes();
    for bit in 0..file.len() * 8 {
        let mut changed = file.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(Checkpoint::read(&changed, &log()).is_err(), "bit {bit}");
    }
}

/// Texts that the log itself signed, so that only the form can be at fault.
#[test]
fn the_three_lines_have_one_spelling() {
    fn check(text: &str, line: Option<usize>) {
        let read = Checkpoint::open(&Note::sign(text.to_owned(), &origin(), &secret()), &log());
        match (read, line) {
            (Ok(_), None) => {}
            (Err(LogFault::Form { line: found, .. }), Some(line)) => assert_eq!(found, line, "{text:?}"),
            (other, _) => panic!("{text:?}: {other:?}"),
        }
    }
    let name = origin();
    let root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    check(&format!("{name}\n7\n{root}\n"), None);
    check(&format!("{name}\n7\n{root}\nan extension\n"), None);
    check(&format!("{name}\n7\n{root}\n\nan extension\n"), Some(4));
    check(&format!("{name}\n07\n{root}\n"), Some(2));
    check(&format!("{name}\n+7\n{root}\n"), Some(2));
    check(&format!("{name}\n\n{root}\n"), Some(2));
    check(&format!("{name}\n9223372036854775808\n{root}\n"), Some(2));
    check(&format!("{name}\n7\n{}\n", &root[..43]), Some(3));
    check(&format!("{name}\n7\n{}B=\n", &root[..42]), Some(3));
    check(&format!("{name}\n7\nAA{root}\n"), Some(3));
    check(&format!("{name}\n7\n{root} \n"), Some(3));
    check(&format!("{name}\n7\n"), Some(3));
    check(&format!("{name}\n0\n{root}\n"), Some(3));
    check(&format!("{name}\n0\n{}\n", Hash::of_nothing()), None);
    check("\n7\nroot\n", Some(1));
    check(&format!("a b\n7\n{root}\n"), Some(1));
}

#[test]
fn a_head_of_another_log_is_refused_also_under_our_name() {
    let other =
        Checkpoint { origin: "countersign.example/registry/2".parse().unwrap(), ..checkpoint(&tree(3)) };
    assert_eq!(Checkpoint::open(&other.sign(&secret()), &log()), Err(LogFault::UnknownKey));
    let text = other.sign(&secret()).unverified().to_owned();
    assert_eq!(Checkpoint::open(&Note::sign(text, &origin(), &secret()), &log()), Err(LogFault::AnotherLog));
    let forged = checkpoint(&tree(3)).sign(&SecretKey::from_seed(&[3; 32]));
    assert_eq!(Checkpoint::open(&forged, &log()), Err(LogFault::UnknownKey));
}
