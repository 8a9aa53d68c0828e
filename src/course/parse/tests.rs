use super::*;

#[test]
fn the_bundled_course_has_no_faults() {
    match parse(crate::course::embedded()) {
        Ok(course) => {
            assert_eq!(course.digest, digest(&crate::course::embedded()));
            assert!(course.modules.len() >= 3);
        }
        Err(faults) => {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"));
        }
    }
}
