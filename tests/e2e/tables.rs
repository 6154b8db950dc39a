//! A table is edited as a grid, by pointer, keys and menu; the file changes where it was edited, and nowhere else.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::Desk;

const TABLE: &str = "| Ville   | Habitants |\n|:--------|----------:|\n| Lyon    |    522000 |\n| Nice |";

#[tokio::test]
async fn journey_table_as_a_grid() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let text = format!("---\ntitle: Villes\n---\n\nAvant.\n\n{TABLE}\n\nFin.\n");
    write_article(&folder, "villes.md", &text);
    let file = folder.join("villes.md");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    let on_disk = async |wanted: &str| {
        window
            .until(&format!("{wanted:?} is on the disk"), async || {
                fs::read_to_string(&file).is_ok_and(|now| now == wanted)
            })
            .await;
    };
    window.click("option", "Villes").await;
    window.click("button", "Write").await;
    window.get("grid", "Table, 3 rows, 2 columns").await;
    let lyon = window.get("gridcell", "Lyon").await;
    lyon.click().await.expect("a click");
    window.get("textbox", "Row 2, column 1").await;
    window.press(&[], &char::from(Key::End).to_string()).await;
    window.press(&[], " 3").await;
    let one = text.replace("Lyon ", "Lyon 3 ");
    on_disk(&one).await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a cell is edited");
    window.screenshot("table").await;

    // The row that ends before its second cell gets one; Tab behind the last cell makes a row.
    let tab = char::from(Key::Tab).to_string();
    for _ in 0..3 {
        window.press(&[], &tab).await;
    }
    window.press(&[], "342000").await;
    let two = one.replace("| Nice |", "| Nice | 342000 |");
    on_disk(&two).await;
    window.press(&[], &tab).await;
    window.press(&[], "Brest").await;
    let three = two.replace("| Nice | 342000 |", "| Nice | 342000 |\n| Brest |  |");
    on_disk(&three).await;

    // By the menu, which the keyboard opens, and by a key; one undo each.
    window.press(&[Key::Shift], &char::from(Key::F10).to_string()).await;
    window.click("menuitem", "Move the row up").await;
    let four = three.replace("| Nice | 342000 |\n| Brest |  |", "| Brest |  |\n| Nice | 342000 |");
    on_disk(&four).await;
    window.press(&[Key::Control], "z").await;
    on_disk(&three).await;

    // Escape leaves; what is typed then stands outside.
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.press(&[], "Voilà. ").await;
    on_disk(&three.replace("Fin.", "Voilà. Fin.")).await;
    window.close().await;
}
