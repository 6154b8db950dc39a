use edito_language::spelling::*;
use edito_prose::*;
fn main() {
    let d = Dictionaries::new();
    let own = OwnWords::new();
    let (mut n, mut f) = (0usize, 0usize);
    let rss = || std::fs::read_to_string("/proc/self/statm").unwrap().split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4;
    eprintln!("rss0 {}", rss());
    for v in [French::Classical, French::Revised] {
        let t = std::time::Instant::now();
        let vv = Variants { french: v, english: English::Gb };
        let sp = Speller::new(&d, vv, &own);
        let p = passages("Un motz.\n", &Lang::Fr);
        sp.advise(&p[0], "Un motz.\n").unwrap();
        eprintln!("load {:?} rss {}", t.elapsed(), rss());
    }
    let sp = Speller::new(&d, Variants::default(), &own);
    let mut total = std::time::Duration::ZERO; let mut parse = total;
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let lang = analyse(&text).lang.unwrap_or(Lang::Other("und".into()));
        let t = std::time::Instant::now();
        let ps = passages(&text, &lang);
        parse += t.elapsed();
        for p in ps {
            n += p.text.split_whitespace().count();
            let t = std::time::Instant::now();
            let a = sp.advise(&p, &text).unwrap();
            total += t.elapsed();
            for a in a {
                f += 1;
                let w = &text[a.range.clone()];
                let s = a.range.start.saturating_sub(40); let s = (0..=s).rev().find(|i| text.is_char_boundary(*i)).unwrap();
                let e = (a.range.end + 30).min(text.len()); let e = (e..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap();
                println!("{}\t{}\t{}", p.lang.tag(), w, text[s..e].replace('\n', " "));
            }
        }
    }
    eprintln!("{n} words, {f} advices, {:.2}/1000; {total:?} check {parse:?} parse; rss {}", f as f64 * 1000. / n as f64, rss());
    for w in std::env::var("SUGGEST").unwrap_or_default().split(',') { if w.is_empty() {continue}
        let t = std::time::Instant::now();
        println!("{w}: {:?} {:?} | en {:?}", sp.suggest(w, &Lang::Fr), t.elapsed(), sp.suggest(w, &Lang::En)); }
}
