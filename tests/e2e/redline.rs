//! A version with a name, a text that is rebuilt, the redline between both, and one passage that comes back.

use std::fs;

use crate::by_folder::copy_folder;
use crate::window::Desk;

#[tokio::test]
async fn journey_name_a_version_compare_and_take_one_change_back() {
    let desk = Desk::new();
    let folder = desk.path("estran");
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    copy_folder(&sample, &folder);
    let path = folder.join("editos/l-heure-des-guichets.md");
    // Asked for before the library was ever read.
    let article = ["--open", "editos/l-heure-des-guichets.md"];
    let window = desk
        .open(&[folder.to_str().expect("a path"), article[0], article[1]])
        .await;
    window.get("region", "Text of the article").await;
    window.click("button", "Versions").await;
    window.click("button", "Name the current version").await;
    window.type_into("textbox", "Name of the version", "As sent").await;
    window.click("button", "Keep").await;
    window.shows("As sent").await;

    // Rebuilt: a paragraph stands elsewhere, a sentence is another one, and the apostrophes are of the typewriter.
    let former = fs::read_to_string(&path).expect("the article");
    let (head, rest) = former.split_once("Une file d’attente").expect("a paragraph");
    let (queue, rest) = rest.split_once("Nous avons passé").expect("the next");
    let (year, rest) = rest.split_once("> Le temps").expect("the quotation");
    let rebuilt = format!("{head}Nous avons passé{year}Une file d’attente{queue}> Le temps{rest}")
        .replace(
            "Ce guichet fermera en janvier.",
            "Ce guichet fermera en mars, pour de bon.",
        )
        .replace("Ce n’est pas le meuble", "Ce n'est pas le meuble");
    assert_ne!(former, rebuilt);
    fs::write(&path, &rebuilt).expect("another program writes");

    window.click("button", "As sent").await;
    // By the letter that its entry begins with.
    window.tab_to(&[], "combobox", "Compare with").await;
    window.press(&[], "p").await;
    window.get("region", "Comparison of two texts").await;
    window.shows("1 passage moved").await;
    window.shows("Typography (1)").await;
    window.screenshot("redline").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the redline");
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("redline-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the redline at night");
    window.run("document.documentElement.dataset.theme = 'paper'").await;

    // The first change is taken back, and nothing else.
    window.click("button", "Next change").await;
    window.shows("1 of").await;
    window.click("button", "Restore the former wording").await;
    window.shows("The former wording is back").await;
    let mixed = rebuilt.replace("fermera en mars, pour de bon.", "fermera en janvier.");
    window
        .until("the file has it back", async || {
            fs::read_to_string(&path).ok().as_deref() == Some(&mixed)
        })
        .await;
    window.click("button", "Undo").await;
    window
        .until("and as it was", async || {
            fs::read_to_string(&path).ok().as_deref() == Some(&rebuilt)
        })
        .await;
    window.close().await;
}
