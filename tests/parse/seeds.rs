//! The real essays in `../shared/seeds`, where they are at hand.

#[test]
fn show_seeds() {
    let folder = std::path::Path::new("/work/shared/seeds");
    let mut d = garland::diagnostic::Diagnostics::new();
    let (_, input) = garland::ingest::read(folder, &mut d).unwrap();
    for m in &input.manuscripts {
        let doc = garland::parse::parse(m, &mut d);
        println!("######## {} {:?}\n{}", m.file, m.dialect, super::dump::document(&doc));
    }
    for x in d.iter() {
        println!(
            "{} {}: {} ({:?})",
            x.place.as_ref().map(|p| p.to_string()).unwrap_or_default(),
            x.severity,
            x.message,
            x.help
        );
    }
}
