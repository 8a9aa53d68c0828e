//! What the command line says, word for word; the examples of README.md among it.

#[test]
fn transcripts() {
    let home = tempfile::tempdir().expect("a folder");
    trycmd::TestCases::new()
        .env("COUNTERSIGN_HOME", home.path().display().to_string())
        .env("COLUMNS", "100")
        .case("tests/cmd/*.md")
        .case("README.md")
        .run();
}
