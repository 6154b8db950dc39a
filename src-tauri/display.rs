//! Whether there is a screen to open a window on.

/// Connects to the screen, as the window's toolkit would do a moment later, and end the program without a word when it
/// can't. To be called on the main thread.
///
/// # Errors
/// What to tell the user, in the language of the system, when there is no screen or it can't be reached.
pub fn connect() -> Result<(), &'static str> {
    #[cfg(target_os = "linux")]
    if gtk::init().is_err() {
        let french = sys_locale::get_locale().is_some_and(|locale| locale.to_lowercase().starts_with("fr"));
        return Err(if french { IN_FRENCH } else { IN_ENGLISH });
    }
    Ok(())
}

#[cfg(target_os = "linux")]
const IN_FRENCH: &str = "erreur\u{a0}: il n’y a pas d’écran sur lequel ouvrir une fenêtre.
  Lancez Édito depuis un bureau\u{a0}; par ssh, avec «\u{a0}ssh -X\u{a0}»\u{a0}; sans aucun écran, avec «\u{a0}xvfb-run -a edito\u{a0}».
  Sans fenêtre, edito-cli fait presque tout.";
#[cfg(target_os = "linux")]
const IN_ENGLISH: &str = "error: there is no screen to open a window on.
  Start Édito from a desktop; over ssh, with “ssh -X”; with no screen at all, with “xvfb-run -a edito”.
  Without a window, edito-cli does nearly everything.";
