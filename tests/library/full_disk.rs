//! A disk that is really full: a file system of 1 MB, mounted where only this test sees it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SAVE_ONCE: &str = env!("CARGO_BIN_EXE_edito-save-once");

/// Arguments: the program, the mount point, a folder with `old` and `new`. What it prints is
/// compared with `EXPECTED`.
const STORY: &str = r#"
set -eu
program=$1 disk=$2 texts=$3
mount -t tmpfs -o size=1m,mode=700 tmpfs "$disk"
cp "$texts/old" "$disk/a.md"
cp "$texts/old" "$disk/one.md"
ln "$disk/one.md" "$disk/two.md"
head -c 250000 /dev/zero > "$disk/filler"
for file in a.md one.md; do
    "$program" save "$disk/$file" "$texts/old" "$texts/new" 2>/dev/null || echo "exit $?"
    cmp "$disk/$file" "$texts/old" && echo "old whole"
done
"$program" create "$disk/b.md" "$texts/new" 2>/dev/null || echo "exit $?"
ls -A "$disk" | tr '\n' ' '
echo
rm "$disk/filler"
"$program" save "$disk/a.md" "$texts/old" "$texts/new"
cmp "$disk/a.md" "$texts/new" && echo "new whole"
ls -A "$disk" | tr '\n' ' '
"#;

const EXPECTED: &str = "\
DiskFull
exit 1
old whole
DiskFull
exit 1
old whole
DiskFull
exit 1
a.md filler one.md two.md 
saved
new whole
a.md one.md two.md ";

#[test]
fn a_full_disk_keeps_the_old_file_and_the_retry_goes_through() {
    let texts = tempfile::tempdir().unwrap();
    fs::write(texts.path().join("old"), "o".repeat(200_000)).unwrap();
    fs::write(texts.path().join("new"), "n".repeat(420_000)).unwrap();
    let disk = tempfile::tempdir().unwrap();
    // As root, else as root of a user namespace of its own.
    for flags in [&["--mount"][..], &["--mount", "--user", "--map-root-user"][..]] {
        let probe = unshare(
            flags,
            "mount -t tmpfs -o size=1m tmpfs \"$2\"",
            disk.path(),
            texts.path(),
        );
        if probe.is_some_and(|probe| probe.status.success()) {
            let told = unshare(flags, STORY, disk.path(), texts.path()).unwrap();
            let errors = String::from_utf8_lossy(&told.stderr).into_owned();
            assert_eq!(String::from_utf8_lossy(&told.stdout), EXPECTED, "{errors}");
            return;
        }
    }
    println!("SKIPPED: no file system can be mounted here; a limit on the file size stands in");
    file_size_limit(texts.path());
}

/// Not the same error as a full disk, but the same place: a write that ends half way.
fn file_size_limit(texts: &Path) {
    let file = texts.join("a.md");
    fs::copy(texts.join("old"), &file).unwrap();
    let told = Command::new("sh")
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 300; exec \"$0\" save \"$1\" \"$2\" \"$3\"")
        .arg(SAVE_ONCE)
        .args([&file, &texts.join("old"), &texts.join("new")])
        .output()
        .unwrap();
    assert!(!told.status.success());
    assert_eq!(fs::read(&file).unwrap(), fs::read(texts.join("old")).unwrap());
    assert_eq!(fs::read_dir(texts).unwrap().count(), 3);
}

#[test]
fn a_write_that_ends_half_way_keeps_the_old_file() {
    let texts = tempfile::tempdir().unwrap();
    fs::write(texts.path().join("old"), "o".repeat(100_000)).unwrap();
    fs::write(texts.path().join("new"), "n".repeat(420_000)).unwrap();
    file_size_limit(texts.path());
}

fn unshare(flags: &[&str], script: &str, disk: &Path, texts: &Path) -> Option<Output> {
    Command::new("unshare")
        .args(flags)
        .args(["sh", "-c", script, "sh", SAVE_ONCE])
        .args([disk, texts])
        .output()
        .ok()
}
