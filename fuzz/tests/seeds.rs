//! The seeds are those of the generator, and none of them is a finding.

use std::{
	collections::BTreeSet,
	fs,
	path::{Path, PathBuf},
};

use tributary_fuzz::seeds::{Target, TARGETS};

fn folder(target: &Target) -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target.name)
}

#[test]
fn no_seed_is_a_finding() {
	for target in &TARGETS {
		for (_, seed) in (target.seeds)() {
			(target.run)(&seed);
		}
	}
}

#[test]
fn noise_is_no_finding() {
	for target in &TARGETS {
		for round in 0..2_000u32 {
			let mut noise = vec![0; 16 + round as usize % 1_200];
			blake3::Hasher::new().update(&round.to_le_bytes()).finalize_xof().fill(&mut noise);
			(target.run)(&noise);
		}
	}
}

/// Writes them with `TRIBUTARY_WRITE_SEEDS=1`, and else checks that they stand as written.
#[test]
fn committed_seeds_are_those_of_the_generator() {
	let write = std::env::var_os("TRIBUTARY_WRITE_SEEDS").is_some();
	for target in &TARGETS {
		let folder = folder(target);
		if write {
			fs::create_dir_all(&folder).unwrap();
		}
		let mut names = BTreeSet::new();
		for (name, seed) in (target.seeds)() {
			let path = folder.join(&name);
			if write {
				fs::write(&path, &seed).unwrap();
			}
			assert_eq!(fs::read(&path).unwrap(), seed, "{}", path.display());
			assert!(names.insert(name), "two seeds of one name");
		}
		let there = fs::read_dir(&folder).unwrap();
		let there = there.map(|file| file.unwrap().file_name().into_string().unwrap());
		assert_eq!(there.collect::<BTreeSet<_>>(), names, "{} holds others", folder.display());
	}
}
