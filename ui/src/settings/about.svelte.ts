/** What this build is and where it writes its logs, as Rust said at the start. */
export const about = $state({ version: "", logFolder: "" });
