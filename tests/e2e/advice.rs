//! Advice on a long text whose end is in the window: what becomes wrong far above is found as well, and nothing is asked
//! while nothing is typed.

use std::fs;
use std::time::Duration;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

/// Counts what is asked of the other side from now on.
const COUNT: &str = "window.advised = 0;
    const ask = window.fetch;
    window.fetch = (address, ...rest) => {
      if (/\\/advise$/.test(String(address?.url ?? address))) window.advised += 1;
      return ask(address, ...rest);
    };";

async fn asked(window: &Window) -> u64 {
    window.run("return window.advised").await.as_u64().expect("a count")
}

/// Waits until nothing was asked for some seconds.
async fn settled(window: &Window) {
    let mut before = asked(window).await;
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_secs(3)).await;
        let now = asked(window).await;
        if now == before {
            return;
        }
        before = now;
    }
    panic!("advice is asked for without end");
}

#[tokio::test]
async fn journey_advice_far_above_the_window_and_then_silence() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let filler = "Le maire a répondu hier soir, et personne n’a protesté.\n\n".repeat(1_800);
    let text = format!("---\ntitle: La digue\nlang: fr\n---\n\nLe village dort.\n\n{filler}Ici finit la digue.\n");
    write_article(&folder, "digue.md", &text);
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "La digue").await;
    window.run(COUNT).await;
    window.press(&[Key::Control], "e").await;
    window.get("textbox", "Text of “La digue”").await;
    window.press(&[Key::Control], &char::from(Key::End).to_string()).await;
    let shown = async |words: &str| {
        let text = window
            .run("return document.querySelector('.cm-content')?.textContent")
            .await;
        text.as_str().is_some_and(|text| text.contains(words))
    };
    window
        .until("the end is in the window, and the beginning is not", async || {
            shown("Ici finit").await && !shown("dort").await
        })
        .await;
    window.get("button", "no advice").await;
    settled(&window).await;
    assert!(asked(&window).await > 0, "what is asked is counted");

    // Nothing is asked while nothing is typed.
    let before = asked(&window).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(asked(&window).await, before, "nothing is asked while nothing is typed");

    // Another program makes a slip at the very top, far above the window.
    write_article(&folder, "digue.md", &text.replace("village", "vilage"));
    window.get("button", "1 piece of advice").await;
    assert!(!shown("dort").await, "it is found out of sight");

    // One of the text in the window is found as well, and then it is silent again.
    window.press(&[], "Un fauteuil grnice. ").await;
    window.get("button", "2 pieces of advice").await;
    settled(&window).await;

    // The one at the top is gone to, round the end of the text.
    window.press(&[], &char::from(Key::F7).to_string()).await;
    window
        .until("the slip at the very top is selected", async || {
            let selected = window.run("return getSelection().toString()").await;
            selected.as_str() == Some("vilage")
        })
        .await;
    window.close().await;
}
